package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that wait for an operator.
class ApprovalTest {
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

  @Test
  void rowsThatWaitForApprovalDoNotWaitTwice() {
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload first = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(first.books().pending()).isEqualTo(3);

    assertThatThrownBy(() -> world.uploads.rerun(World.ANNA, first.id(), null))
        .isInstanceOf(OnboardingException.class)
        .hasMessageContaining("approve or decline them, then run the file again");

    world.decline(first.id(), null, "wrong season");
    Upload again = world.await(world.uploads.rerun(World.ANNA, first.id(), null).upload().id());
    assertThat(again.books().pending()).isEqualTo(3);
    world.audited();
  }

  @Test
  void whatAnotherVendorSellsByNowIsNotShown() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.REQUIRED));
    Upload waiting = world.upload("ACME", "products.csv", World.GOOD);
    world.with(VendorDraft.of("RIVAL", "Rival Toys"));
    world.upload("RIVAL", "theirs.csv", World.HEADER + "R-1,Secret car,Toys,,,SKU-1,R,77,,1,,\n");

    Uploads.PendingRow row = world.uploads.pending(waiting.id(), null, 1).items().getFirst();
    assertThat(row.taken()).isTrue();
    assertThat(row.product()).isNull();
    assertThat(row.changes()).isEmpty();
    assertThat(world.uploads.pending(waiting.id(), null, 9).items())
        .filteredOn(Uploads.PendingRow::taken)
        .hasSize(1);
    assertThat(world.approve(waiting.id(), null).refused()).isEqualTo(1);
  }

  @Test
  void rowsWaitForApprovalAndAreApprovedOrDeclined() {
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload upload = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(upload.books()).isEqualTo(new Books(3, 0, 0, 0, 0, 3));
    assertThat(world.products()).isEmpty();
    world.audited();
    assertThat(world.uploads.awaitingApproval(null, 10).items()).hasSize(1);
    assertThat(world.approve(upload.id(), List.of(1L)).approved()).isEqualTo(1);
    assertThat(world.decline(upload.id(), List.of(2L), "no cars").declined()).isEqualTo(1);
    world.audited();
    assertThat(world.approve(upload.id(), null).approved()).isEqualTo(1);
    assertThat(world.uploads.find(upload.id()).orElseThrow().books())
        .isEqualTo(new Books(3, 2, 0, 1, 0, 0));
    assertThat(world.products()).extracting(Product::sku).containsExactly("SKU-1", "SKU-3");
    world.audited();
  }

  @Test
  void ofChosenRowsNoneIsLeftThoughOthersWait() {
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload upload = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(
            world.uploads.approve(
                World.ANNA, upload.id(), List.of(1L), Uploads.OlderRows.WAIT, Duration.ZERO))
        .isEqualTo(new Uploads.Decision(1, 0, 0, 0));
    assertThat(
            world.uploads.decline(World.ANNA, upload.id(), List.of(2L), "no cars", Duration.ZERO))
        .isEqualTo(new Uploads.Decision(0, 1, 0, 0));
    world.audited();
  }

  @Test
  void aKeyTakenMeanwhileIsRefusedAtApproval() {
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload waiting = world.upload("ACME", "products.csv", World.GOOD);
    world.vendors.create(World.ANNA, VendorDraft.of("OTHER", "Other"));
    world.upload("OTHER", "other.csv", World.GOOD);
    assertThat(world.approve(waiting.id(), null)).isEqualTo(new Uploads.Decision(0, 0, 3, 0));
    world.audited();
  }

  @Test
  void aProductsHistoryNamesTheSenderAndWhoApproved() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.REQUIRED));
    Actor ben = new Actor(Actor.Kind.USER, "ben@example.com");
    for (String text : List.of(World.GOOD, World.GOOD.replace("10.00", "10.50"))) {
      Upload upload = world.upload("ACME", "products.csv", text);
      world.uploads.approve(ben, upload.id(), null, Uploads.OlderRows.WAIT, Duration.ofMinutes(10));
    }
    long car = world.catalogue.findBySku("SKU-1").orElseThrow().id();
    assertThat(world.catalogue.history(car))
        .extracting(ProductChange::actor, ProductChange::approvedBy)
        .containsExactly(
            tuple(World.ANNA.reference(), ben.reference()),
            tuple(World.ANNA.reference(), ben.reference()));
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
    world.upload("ACME", "products.csv", World.GOOD.replace("10.00", "10.70"));
    assertThat(world.catalogue.history(car).getLast().approvedBy()).isNull();
  }
}
