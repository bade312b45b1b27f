package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is read once more, under the policy by which a known key is a duplicate: its rows
/// are no duplicates of themselves.
class FilesReadAgainTest {
  private static final String GAMES =
      World.HEADER
          + "A-1,Red car,Toys,,,SKU-1,Acme,10.00,,5,,\n"
          + "A-2,Chess,Games,,,SKU-2,Acme,11.00,,5,,\n"
          + "A-3,Hammer,Tools,,,SKU-3,Acme,9.99,,7,,\n";

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme Toys")).started();
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private Upload again(Upload upload) {
    return world.await(world.uploads.rerun(World.ANNA, upload.id(), null).upload().id());
  }

  /// As when it was cancelled, or given up, behind its last row.
  private void failed(Upload upload) {
    long changed =
        database.write(transaction ->
            Sql.of(
                    """
                    update upload set state = 'failed', failure_code = 'INTERNAL', failure = 'a defect'
                    where id = ?
                    """)
                .with(upload.id())
                .update(transaction));
    assertThat(changed).isEqualTo(1);
  }

  private Uploads.MendedRow mended(UUID upload, long number, int cell, String value) {
    Uploads.RejectedRow row = world.uploads.rejectedRow(upload, number).orElseThrow();
    List<String> cells = new ArrayList<>(row.cells());
    cells.set(cell, value);
    return new Uploads.MendedRow(number, cells);
  }

  private Upload mend(UUID upload, Uploads.MendedRow row) {
    return world.await(world.uploads.resubmit(World.ANNA, upload, List.of(row)).upload().id());
  }

  @Test
  void whatTheFirstRunAcceptedIsUnchangedInTheSecond() {
    Upload first = world.upload("ACME", "products.csv", GAMES);
    assertThat(first.books()).isEqualTo(new Books(3, 2, 0, 1, 0, 0));
    world.catalogue.createCategory(World.ANNA, "games", "Games", null);

    Upload second = again(first);
    assertThat(second.books()).isEqualTo(new Books(3, 1, 2, 0, 0, 0));
    assertThat(second.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(world.uploads.find(first.id()).orElseThrow().openErrors()).isZero();
    assertThat(again(second).books()).isEqualTo(new Books(3, 0, 3, 0, 0, 0));
    world.audited();
  }

  @Test
  void aFileThatFailedMidwayIsSentAgain() {
    Upload first = world.upload("ACME", "products.csv", GAMES);
    failed(first);
    Uploads.Receipt again = world.submit("ACME", "products.csv", GAMES);
    assertThat(again.alreadyKnown()).isFalse();
    Upload second = world.await(again.upload().id());
    assertThat(second.books()).isEqualTo(new Books(3, 0, 2, 1, 0, 0));
    assertThat(world.rejected(second.id()))
        .extracting(row -> row.problems().getFirst().code())
        .containsExactly("INVALID_CATEGORY");
    world.audited();
  }

  @Test
  void withAnotherRateItsProductsAreChanged() {
    VendorDraft base = VendorDraft.of("ACME", "Acme Toys");
    world.change(
        new VendorDraft(
            base.code(),
            base.name(),
            base.status(),
            null,
            Currency.getInstance("EUR"),
            KnownKeyPolicy.REJECT,
            base.approval(),
            null,
            base.priceMoveShare(),
            base.limits(),
            base.phoneRegion(),
            null));
    world.catalogue.setRate(World.ANNA, "EUR", "USD", new BigDecimal("1.1"));
    Upload first = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(first.books().written()).isEqualTo(3);
    world.catalogue.setRate(World.ANNA, "EUR", "USD", new BigDecimal("1.2"));

    assertThat(again(first).books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
    assertThat(world.catalogue.findBySku("SKU-1").map(Product::price))
        .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("12.00"));
    world.audited();
  }

  @Test
  void anotherFileWithItsKeysIsADuplicateStill() {
    world.upload("ACME", "products.csv", World.GOOD);
    Upload other = world.upload("ACME", "more.csv", World.GOOD + "A-4,Saw,Tools,,,SKU-4,,8,,1,,\n");
    assertThat(other.books()).isEqualTo(new Books(4, 1, 0, 3, 0, 0));
  }

  @Test
  void aRowThatWasMendedIsLeftAsItWasMended() {
    Upload first = world.upload("ACME", "products.csv", GAMES);
    mend(first.id(), mended(first.id(), 2, 2, "Toys"));
    world.catalogue.createCategory(World.ANNA, "games", "Games", null);

    Upload second = again(first);
    assertThat(second.books()).isEqualTo(new Books(3, 0, 2, 0, 1, 0));
    assertThat(world.uploads.warnings(second.id(), null, 10).items())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.number()).isEqualTo(2);
          assertThat(warning.message()).contains("was mended in upload");
        });
    assertThat(world.catalogue.findBySku("SKU-2").map(Product::category)).hasValue("toys");
    world.audited();
  }

  @Test
  void aRowOfARepetitionIsMendedThoughTheFirstRunAcceptedIt() {
    Upload first = world.upload("ACME", "products.csv", World.GOOD);
    world.catalogue.updateCategory(World.ANNA, "tools", "Tools", null, false);
    Upload second = again(first);
    assertThat(second.books()).isEqualTo(new Books(3, 0, 2, 1, 0, 0));
    assertThat(world.rejected(second.id()).getFirst().problems())
        .extracting(Problem::code)
        .containsExactly("INVALID_CATEGORY");

    Uploads.MendedRow row = mended(second.id(), 3, 2, "Toys");
    assertThat(world.uploads.check(second.id(), row)).isEmpty();
    assertThat(mend(second.id(), row).books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(world.catalogue.findBySku("SKU-3").map(Product::category)).hasValue("toys");
    world.audited();
  }

  @Test
  void whoeverRefersToAnAcceptedRowMayNotChangeItsProduct() {
    Upload first = world.upload("ACME", "products.csv", GAMES);
    String forged =
        world
            .errors(first.id())
            .replace(first.id() + ":2", first.id() + ":1")
            .replace("A-2,Chess,Games,,,SKU-2", "A-1,Chess,Toys,,,SKU-1");
    assertThat(forged).contains(first.id() + ":1").contains("A-1,Chess,Toys,,,SKU-1");
    Upload upload = world.upload("ACME", "forged.csv", forged);
    assertThat(upload.books()).isEqualTo(new Books(1, 0, 0, 1, 0, 0));
    assertThat(world.rejected(upload.id()).getFirst().problems().getFirst().code())
        .isEqualTo("DUPLICATE_SKU");
  }

  @Test
  void rowsThatWaitInBothAreApprovedInEither() {
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload first = world.upload("ACME", "products.csv", World.GOOD);
    failed(first);
    Upload second = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(second.books()).isEqualTo(new Books(3, 0, 0, 0, 0, 3));

    world.approve(second.id(), List.of(1L));
    assertThat(world.approve(first.id(), null)).isEqualTo(new Uploads.Decision(3, 0, 0, 0));
    assertThat(world.approve(second.id(), null)).isEqualTo(new Uploads.Decision(2, 0, 0, 0));
    assertThat(world.uploads.find(first.id()).orElseThrow().books())
        .isEqualTo(new Books(3, 2, 1, 0, 0, 0));
    assertThat(world.uploads.find(second.id()).orElseThrow().books())
        .isEqualTo(new Books(3, 1, 2, 0, 0, 0));
    world.audited();
  }

  @Test
  void aMendedRowOfARepetitionIsApproved() {
    Upload first = world.upload("ACME", "products.csv", World.GOOD);
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    world.catalogue.updateCategory(World.ANNA, "tools", "Tools", null, false);
    Upload second = again(first);
    Upload mending = mend(second.id(), mended(second.id(), 3, 2, "Toys"));
    assertThat(mending.books().pending()).isEqualTo(1);
    assertThat(world.approve(mending.id(), null)).isEqualTo(new Uploads.Decision(1, 0, 0, 0));
    assertThat(world.catalogue.findBySku("SKU-3").map(Product::category)).hasValue("toys");
    world.audited();
  }
}
