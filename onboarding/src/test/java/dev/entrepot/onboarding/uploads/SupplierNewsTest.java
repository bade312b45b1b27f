package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.notices.Notices.Notice;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a supplier is told of its file after it was read.
class SupplierNewsTest {
  private static final String THREE =
      World.HEADER
          + "A-1,Red car,Toys,,Fast,SKU-1,Acme,10.00,,5,,\n"
          + "A-2,Blue car,Toys,,Slow,SKU-2,Acme,10.00,,5,,\n"
          + "A-3,Hammer,Tools,,Hard,SKU-3,Acme,10.00,,5,,\n";

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1")
            .with(vendor("ACME", ApprovalPolicy.REQUIRED))
            .with(vendor("QUICK", ApprovalPolicy.AUTOMATIC));
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private static VendorDraft vendor(String code, ApprovalPolicy approval) {
    VendorDraft base = VendorDraft.of(code, code);
    return new VendorDraft(
        code,
        code,
        base.status(),
        "buyer@example.com",
        base.currency(),
        base.knownKey(),
        approval,
        null,
        base.priceMoveShare(),
        base.limits(),
        base.phoneRegion(),
        null);
  }

  private List<Notice> notices(UUID upload, String event) {
    return world.onboarding.notices().list(null, upload, null, 50).items().stream()
        .filter(notice -> notice.event().equals(event))
        .toList();
  }

  @Test
  void rowsThatWaitAreToldOfAndSoIsWhatIsDecidedOnThem() {
    world.started();
    UUID id = world.upload("ACME", "products.csv", THREE).id();
    assertThat(notices(id, "upload.finished"))
        .singleElement()
        .satisfies(notice ->
            assertThat(notice.body())
                .startsWith("No row of your file was rejected. 3 rows wait for approval before"));

    world.approve(id, List.of(1L));
    assertThat(notices(id, "upload.decided"))
        .singleElement()
        .satisfies(notice ->
            assertThat(notice.body())
                .startsWith(
                    "Of the rows that waited for approval, 1 row was approved. 2 rows wait still."));

    world.decline(id, List.of(2L), "wrong season");
    world.upload("QUICK", "other.csv", THREE.replace("A-1", "B-1"));
    world.approve(id, null);
    assertThat(notices(id, "upload.decided"))
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.subject())
              .isEqualTo("Product approval - products.csv (1 approved, 1 declined, 1 not applied)");
          assertThat(notice.body())
              .contains(
                  "1 row could not be applied any more, for a key was taken in the meantime. None waits"
                      + " any more.",
                  "Why rows were declined\n  wrong season: 1 row\n",
                  "https://hub.example.com/errors/" + id);
          assertThat(notice.html()).contains("wrong season", "Download the rejected rows");
        });
    assertThat(world.uploads.find(id).orElseThrow().state()).isEqualTo(Upload.State.PARTIAL);
  }

  @Test
  void anUploadOfWhichEveryRowIsDeclinedHasFailed() {
    world.started();
    UUID id = world.upload("ACME", "products.csv", THREE).id();
    world.decline(id, null, "wrong season");
    Upload upload = world.uploads.find(id).orElseThrow();
    assertThat(upload.state()).isEqualTo(Upload.State.FAILED);
    assertThat(upload.books().rejected()).isEqualTo(3);
    assertThat(world.decline(id, null, "again").declined()).isZero();
    assertThat(notices(id, "upload.decided"))
        .singleElement()
        .extracting(Notice::subject)
        .isEqualTo("Product approval - products.csv (3 declined)");
    assertThat(world.audit.run().findings()).isEmpty();
  }

  @Test
  void anUploadThatEndedAtADefectIsToldLikeAnyThatFailed() {
    UUID id = world.submit("QUICK", "products.csv", THREE).upload().id();
    // Books that say more than the file holds: nothing a supplier can do.
    database.write(transaction ->
        Sql.of("update upload set checkpoint = 100 where id = ?").with(id).update(transaction));
    world.started();
    Upload failed = world.await(id);
    assertThat(failed.state()).isEqualTo(Upload.State.FAILED);
    assertThat(notices(id, "upload.finished"))
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.subject()).isEqualTo("Product upload failed - products.csv");
          assertThat(notice.body()).contains("a defect of the program", id.toString());
        });
  }
}
