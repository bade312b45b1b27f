package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that come in, and what becomes of their rows.
class UploadsTest {
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

  private static Upload.Failure failure(Upload upload) {
    return Objects.requireNonNull(upload.failure());
  }

  @Test
  void goodRowsFillTheCatalogue() {
    Upload upload = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(upload.books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
    assertThat(world.products())
        .extracting(Product::sku, Product::slug, Product::category, Product::unit)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("SKU-1", "red-car", "toys", "piece"),
            org.assertj.core.groups.Tuple.tuple("SKU-2", "blue-car", "toys", "piece"),
            org.assertj.core.groups.Tuple.tuple("SKU-3", "hammer", "tools", "piece"));
    world.audited();
  }

  @Test
  void everyBadRowIsExplainedAndHoldsUpNobody() {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,,SKU-1,Acme,10.00,,5,,\n"
                + "A-2,Bad price,Toys,,,SKU-2,Acme,ten,,-1,,\n"
                + "A-3,No category,Toyz,,,SKU-3,Acme,1.00,,1,,\n"
                + "A-4,Too,few\n"
                + "A-1,Twice,Toys,,,SKU-1,Acme,10.00,,5,,\n"
                + "A-6,Last one,Toys,,,SKU-6,Acme,10.00,,5,,\n");
    assertThat(upload.state()).isEqualTo(Upload.State.PARTIAL);
    assertThat(upload.books()).isEqualTo(new Books(6, 2, 0, 4, 0, 0));
    List<Uploads.RejectedRow> rows = world.rejected(upload.id());
    assertThat(rows)
        .extracting(Uploads.RejectedRow::errorType)
        .containsExactly("INVALID_PRICE", "INVALID_CATEGORY", "UNREADABLE_ROW", "DUPLICATE_SKU");
    assertThat(rows.getFirst().problems())
        .extracting(p -> p.code())
        .containsExactly("INVALID_PRICE", "INVALID_STOCK");
    assertThat(rows.getFirst().columnOf()).containsEntry("price", 7);
    assertThat(rows.get(3).problems().getFirst().message()).contains("row 2 of this file");
    assertThat(upload.topProblems()).hasSize(4);
    assertThat(world.uploads.progress(upload.id()))
        .contains(
            new Uploads.Progress(
                upload.id(),
                upload.state(),
                null,
                upload.books(),
                upload.bytes(),
                upload.estimatedRows(),
                upload.warnings()));
    assertThat(world.uploads.list(Uploads.Query.ALL, null, 10).items()).containsExactly(upload);
    world.audited();
  }

  @Test
  void theVerdictSaysThatARequiredFieldWasGuessed() {
    Upload guessed =
        world.upload(
            "ACME", "one-key.csv", "Item No,Name,Category,Price,Stock\nA-1,Car,Toys,1.00,1\n");
    assertThat(guessed.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(guessed.notes())
        .containsExactly("sku: no column of its own, so \"Item No\" stands in");
    Upload clear = world.upload("ACME", "products.csv", World.GOOD);
    assertThat(clear.notes()).isEmpty();
  }

  @Test
  void aSuggestedMappingIsKeptOnceItHasServedUnlessItWasAGuess() {
    String header = "Item No,Name,Category,SKU,Price,Stock\n";
    Upload upload = world.upload("ACME", "first.csv", header + "A-1,Car,Toys,S-1,1.50,1\n");
    List<Mappings.Stored> kept = world.onboarding.mappings().list("ACME", null);
    assertThat(kept)
        .singleElement()
        .satisfies(stored -> {
          assertThat(stored.id()).isEqualTo(upload.mappingId());
          assertThat(stored.createdBy()).isEqualTo("system:suggested-mapping");
          assertThat(stored.revision()).isEqualTo(1);
        });
    Upload second = world.upload("ACME", "second.csv", header + "A-2,Car,Toys,S-2,2,1\n");
    assertThat(second.mappingId()).isEqualTo(kept.getFirst().id());
    // Nothing shows how numbers are written.
    Upload unclear =
        world.upload(
            "ACME",
            "unclear.csv",
            "Item No,Name,Category,SKU,Price,Stock,Colour\nA-3,Car,Toys,S-3,2,1,red\n");
    assertThat(unclear.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(unclear.mappingId()).isNull();
    assertThat(world.onboarding.mappings().list("ACME", null)).hasSize(1);
  }

  @Test
  void theSameBytesAreTheSameUpload() {
    Upload first = world.upload("ACME", "products.csv", World.GOOD);
    Uploads.Receipt again = world.submit("ACME", "other-name.csv", World.GOOD);
    assertThat(again.alreadyKnown()).isTrue();
    assertThat(again.upload().id()).isEqualTo(first.id());
    assertThat(world.products()).hasSize(3);
  }

  @Test
  void knownKeysAreDuplicatesUnlessTheVendorUpdates() {
    world.upload("ACME", "one.csv", World.GOOD);
    String changed = World.GOOD.replace("10.00,12.50", "99.00,120.00").replace("Slow", "Slower");
    Upload strict = world.upload("ACME", "two.csv", changed);
    assertThat(strict.state()).isEqualTo(Upload.State.FAILED);
    assertThat(strict.books().rejected()).isEqualTo(3);
    assertThat(world.rejected(strict.id()).getFirst().problems())
        .extracting(p -> p.code())
        .containsExactly("DUPLICATE_SKU", "DUPLICATE_VENDOR_PRODUCT_ID");

    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
    Upload update = world.await(world.uploads.rerun(World.ANNA, strict.id(), null).upload().id());
    assertThat(update.books()).isEqualTo(new Books(3, 2, 1, 0, 0, 0));
    assertThat(update.warnings()).isEqualTo(1);
    assertThat(world.uploads.warnings(update.id(), null, 10).items())
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("from 10.00 to 99.00 USD, by 890 %"));
    Product car = world.catalogue.findBySku("SKU-1").orElseThrow();
    assertThat(world.catalogue.history(car.id()))
        .extracting(ProductChange::kind)
        .containsExactly(ProductChange.Kind.CREATED, ProductChange.Kind.UPDATED);
    assertThat(world.trace.of("SKU-3"))
        .extracting(TraceSource.Step::what)
        .containsExactly("created", "rejected", "unchanged", "mended");
    world.audited();
  }

  @Test
  void anotherVendorsSkuIsADuplicateEvenForUpdaters() {
    world.upload("ACME", "one.csv", World.GOOD);
    world.vendors.create(World.ANNA, VendorDraft.of("OTHER", "Other"));
    Upload other = world.upload("OTHER", "other.csv", World.GOOD);
    assertThat(world.rejected(other.id()))
        .allSatisfy(row ->
            assertThat(row.problems().getFirst().message())
                .contains("belongs to another vendor's product"));
  }

  @Test
  void aFormerKeyLeadsToItsProduct() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
    world.upload("ACME", "products.csv", World.GOOD);
    world.upload("ACME", "renamed.csv", World.GOOD.replace("SKU-1,", "NEW-1,"));
    world.upload(
        "ACME", "again.csv", World.GOOD.replace("SKU-1,", "NEW-1,").replace("A-1,", "B-1,"));
    for (String key : List.of("SKU-1", "A-1", "NEW-1", "B-1")) {
      assertThat(world.trace.of(key))
          .as(key)
          .extracting(TraceSource.Step::what)
          .containsExactly("created", "updated", "updated");
    }
    assertThat(world.trace.of("SKU-9")).isEmpty();
    world.audited();
  }

  @Test
  void filesThatCannotBeUsedFailWholeAndSayWhy() {
    assertThatThrownBy(() -> world.upload("NOBODY", "x.csv", World.GOOD))
        .hasMessageContaining("no vendor \"NOBODY\"");
    assertThatThrownBy(() -> world.upload("ACME", "x.csv", "")).hasMessageContaining("is empty");
    Upload missing = world.upload("ACME", "x.csv", "sku,price\nA,1\n");
    assertThat(missing.state()).isEqualTo(Upload.State.FAILED);
    assertThat(failure(missing).message())
        .contains("product_name, category, stock_quantity are missing");
    Upload titled = world.upload("ACME", "x.csv", "Product list 2026,,,,,,,,,,,\n" + World.GOOD);
    assertThat(failure(titled).code()).isEqualTo("MISSING_COLUMN");
    assertThat(failure(titled).message())
        .contains("Row 1, the first, looks like a title: remove what stands above the names");
    Upload noRows = world.upload("ACME", "x.csv", World.HEADER);
    assertThat(failure(noRows).code()).isEqualTo("NO_ROWS");
    VendorDraft suspended =
        new VendorDraft(
            "ACME",
            "Acme",
            VendorStatus.SUSPENDED,
            null,
            world.vendors.find("ACME").orElseThrow().currency(),
            KnownKeyPolicy.REJECT,
            ApprovalPolicy.AUTOMATIC,
            null,
            null,
            world.vendors.find("ACME").orElseThrow().limits(),
            "US",
            null);
    world.change(suspended);
    assertThatThrownBy(() -> world.upload("ACME", "x.csv", World.GOOD))
        .hasMessageContaining("is suspended");
    assertThat(world.products()).isEmpty();
    world.audited();
  }

  @Test
  void namesThatSlugAlikeStayApart() {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car!,Toys,,,S 1,Acme,1,,5,,\n"
                + "A-2,Red Car,Toys,,,S-2,Acme,1,,5,,\n"
                + "A-3,red car?,Toys,,,S/2,Other,1,,5,,\n");
    assertThat(upload.books().written()).isEqualTo(3);
    assertThat(world.products())
        .extracting(Product::slug)
        .containsExactly("red-car", "red-car-s-2", "red-car-s-2-2");
  }

  @Test
  void manyChunksAndManyVendorsAtOnce() {
    List<UUID> ids = new ArrayList<>();
    for (int v = 0; v < 3; v++) {
      if (v > 0) {
        world.vendors.create(World.ANNA, VendorDraft.of("V" + v, "Vendor " + v));
      }
      StringBuilder text = new StringBuilder(World.HEADER);
      for (int i = 0; i < 12_000; i++) {
        // the vendors fight for the same SKUs
        text.append("P-")
            .append(i)
            .append(",Thing ")
            .append(i)
            .append(",toys,,,SKU-")
            .append(i)
            .append(",B,1.00,,1,,\n");
      }
      ids.add(world.submit(v == 0 ? "ACME" : "V" + v, "many.csv", text.toString()).upload().id());
    }
    long written = 0;
    for (UUID id : ids) {
      Upload upload = world.await(id);
      assertThat(upload.books().balanced()).isTrue();
      assertThat(upload.books().received()).isEqualTo(12_000);
      written += upload.books().written();
    }
    assertThat(written).isEqualTo(12_000);
    // lost races leave no trace in the slugs of those that won
    assertThat(world.products())
        .extracting(Product::slug)
        .allMatch(slug -> slug.matches("thing-[0-9]+"))
        .doesNotHaveDuplicates();
    world.audited();
  }
}
