package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that wait for approval while a file that came later brings their products.
class OlderRowsTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme Toys")).started();
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.REQUIRED));
    world.approve(world.upload("ACME", "first.csv", World.GOOD).id(), null);
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private Upload sent(String name, String carPrice, String hammerPrice) {
    return world.upload(
        "ACME",
        name,
        World.HEADER
            + "A-1,Red car,Toys,,Fast,SKU-1,Acme,%s,12.50,5,piece,0.3\n".formatted(carPrice)
            + "A-3,Hammer,TOOLS,,,SKU-3,Acme,%s,,7,,1.5\n".formatted(hammerPrice)
            + name
            + ",Pan,tools,,,SKU-"
            + name
            + ",Acme,5,,1,,\n");
  }

  private BigDecimal price(String sku) {
    return world.products().stream()
        .filter(product -> product.sku().equals(sku))
        .map(Product::price)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOlderFileApprovedLaterDoesNotPutOldPricesBack() {
    Upload older = sent("older", "10.50", "9.99");
    Upload newer = sent("newer", "11.00", "9.99");
    assertThat(world.approve(newer.id(), null)).isEqualTo(new Uploads.Decision(2, 0, 0, 0));

    assertThat(world.approve(older.id(), null))
        .isEqualTo(new Uploads.Decision(1, 0, 0, 0, 1, List.of(newer.id())));
    assertThat(price("SKU-1")).isEqualTo("11.00");
    assertThat(world.uploads.find(older.id()).orElseThrow().books().pending()).isEqualTo(1);
    world.audited();
    // Chosen or not: whoever chose it may not have known of the newer file.
    assertThat(world.approve(older.id(), List.of(1L)))
        .isEqualTo(new Uploads.Decision(0, 0, 0, 0, 1, List.of(newer.id())));

    assertThat(world.approveEvenOlder(older.id(), List.of(1L)))
        .isEqualTo(new Uploads.Decision(1, 0, 0, 0));
    assertThat(price("SKU-1")).isEqualTo("10.50");
    world.audited();
  }

  @Test
  void aNewerFileThatFoundTheProductAsItIsCountsToo() {
    Upload older = sent("older", "10.50", "9.99");
    Upload newer = sent("newer", "10.00", "9.99");
    assertThat(newer.books().unchanged()).isEqualTo(2);
    assertThat(world.approve(older.id(), null).newer()).containsExactly(newer.id());
    assertThat(price("SKU-1")).isEqualTo("10.00");
  }

  @Test
  void filesApprovedInTheirOrderAreAllApplied() {
    Upload older = sent("older", "10.50", "9.50");
    Upload newer = sent("newer", "11.00", "9.40");
    assertThat(world.approve(older.id(), null)).isEqualTo(new Uploads.Decision(3, 0, 0, 0));
    assertThat(world.approve(newer.id(), null)).isEqualTo(new Uploads.Decision(3, 0, 0, 0));
    assertThat(price("SKU-1")).isEqualTo("11.00");
  }

  @Test
  void olderRowsAreDeclinedLikeAnyOther() {
    Upload older = sent("older", "10.50", "9.99");
    world.approve(sent("newer", "11.00", "9.99").id(), null);
    assertThat(world.approve(older.id(), null).older()).isEqualTo(1);
    assertThat(world.decline(older.id(), null, "out of date"))
        .isEqualTo(new Uploads.Decision(0, 1, 0, 0));
    world.audited();
  }

  @Test
  void stepsThatOnlyLeaveRowsAreNoEnd() {
    Upload older = sent("older", "10.50", "9.99");
    world.approve(sent("newer", "11.00", "9.99").id(), null);
    Uploads.Decision step =
        world.uploads.approve(
            World.ANNA, older.id(), List.of(1L), Uploads.OlderRows.WAIT, Duration.ZERO);
    assertThat(step.approved()).isZero();
    assertThat(step.left()).isZero();
    assertThat(step.older()).isEqualTo(1);
  }

  @Test
  void waitingRowsSayWhatTheyChangeAndWhichAreOlder() {
    Upload older = sent("older", "10.50", "9.99");
    assertThat(world.uploads.pending(older.id(), null, 10).items())
        .extracting(Uploads.PendingRow::changes, Uploads.PendingRow::newer)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                List.of(new FieldChange("price", "10.00", "10.50")), null),
            org.assertj.core.groups.Tuple.tuple(List.of(), null));
    Upload newer = sent("newer", "11.00", "9.99");
    world.approve(newer.id(), null);
    Uploads.PendingRow first = world.uploads.pending(older.id(), null, 10).items().getFirst();
    assertThat(first.newer()).isEqualTo(newer.id());
    assertThat(first.currency()).isEqualTo("USD");
    assertThat(first.changes()).containsExactly(new FieldChange("price", "11.00", "10.50"));
    assertThat(world.uploads.pending(older.id(), null, 10).items().getLast().product()).isNull();
  }
}
