package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
  private static final String GOOD =
      World.HEADER
          + "A-1,Red car,Toys,,Fast,SKU-1,Acme,10.00,12.50,5,piece,0.3\n"
          + "A-2,Blue car,toys,,Slow,SKU-2,Acme,11.00,,0,,\n"
          + "A-3,Hammer,TOOLS,,,SKU-3,Acme,9.99,,7,,1.5\n";

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

  private void audited() {
    assertThat(world.audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
  }

  private Vendor change(VendorDraft draft) {
    return world.vendors.update(
        World.ANNA, draft, world.vendors.find(draft.code()).orElseThrow().version());
  }

  private static VendorDraft acme(KnownKeyPolicy known, ApprovalPolicy approval) {
    VendorDraft base = VendorDraft.of("ACME", "Acme Toys");
    return new VendorDraft(
        base.code(),
        base.name(),
        base.status(),
        "buyer@acme.example.com",
        base.currency(),
        known,
        approval,
        null,
        base.priceMoveShare(),
        base.limits(),
        base.phoneRegion(),
        null);
  }

  private List<Product> products() {
    List<Product> all = new ArrayList<>();
    world.catalogue.forEach(Catalogue.Query.ALL, all::add);
    return all;
  }

  private List<Uploads.RejectedRow> rejected(UUID id) {
    return world.uploads.rejected(id, null, null, null, 100).items();
  }

  @Test
  void goodRowsFillTheCatalogue() {
    Upload upload = world.upload("ACME", "products.csv", GOOD);
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(upload.books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
    assertThat(products())
        .extracting(Product::sku, Product::slug, Product::category, Product::unit)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("SKU-1", "red-car", "toys", "piece"),
            org.assertj.core.groups.Tuple.tuple("SKU-2", "blue-car", "toys", "piece"),
            org.assertj.core.groups.Tuple.tuple("SKU-3", "hammer", "tools", "piece"));
    audited();
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
    List<Uploads.RejectedRow> rows = rejected(upload.id());
    assertThat(rows)
        .extracting(Uploads.RejectedRow::errorType)
        .containsExactly("INVALID_PRICE", "INVALID_CATEGORY", "UNREADABLE_ROW", "DUPLICATE_SKU");
    assertThat(rows.getFirst().problems())
        .extracting(p -> p.code())
        .containsExactly("INVALID_PRICE", "INVALID_STOCK");
    assertThat(rows.getFirst().columnOf()).containsEntry("price", 7);
    assertThat(rows.get(3).problems().getFirst().message()).contains("row 2 of this file");
    assertThat(upload.topProblems()).hasSize(4);
    assertThat(world.uploads.list(Uploads.Query.ALL, null, 10).items()).containsExactly(upload);
    audited();
  }

  @Test
  void theVerdictSaysThatARequiredFieldWasGuessed() {
    Upload guessed =
        world.upload(
            "ACME", "one-key.csv", "Item No,Name,Category,Price,Stock\nA-1,Car,Toys,1.00,1\n");
    assertThat(guessed.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(guessed.notes())
        .containsExactly("sku: no column of its own, so \"Item No\" stands in");
    Upload clear = world.upload("ACME", "products.csv", GOOD);
    assertThat(clear.notes()).isEmpty();
  }

  @Test
  void whatARepetitionAcceptsIsMendedInTheFirst() {
    Upload first =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Games,,,SKU-1,Acme,10.00,,5,,\n"
                + "A-2,Blue car,Toys,,,SKU-2,Acme,ten,,5,,\n");
    assertThat(first.openErrors()).isEqualTo(2);
    world.catalogue.createCategory(World.ANNA, "games", "Games", null);
    Upload again = world.await(world.uploads.rerun(World.ANNA, first.id(), null).upload().id());

    assertThat(again.books()).isEqualTo(new Books(2, 1, 0, 1, 0, 0));
    assertThat(rejected(first.id()))
        .extracting(Uploads.RejectedRow::state, Uploads.RejectedRow::resolvedBy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Uploads.RowState.MENDED, again.id()),
            org.assertj.core.groups.Tuple.tuple(Uploads.RowState.OPEN, null));
    assertThat(world.uploads.find(first.id()).orElseThrow().openErrors()).isEqualTo(1);
    audited();
  }

  @Test
  void peopleAreToldTheRowThatASpreadsheetShows() throws IOException {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,,SKU-1,Acme,10.00,,5,,\n"
                + "\n,,,,,,,,,,,\n"
                + "A-1,Twice,Toys,,,SKU-1,Acme,10.00,,5,,\n"
                + "A-4,Too,few\n");
    List<Uploads.RejectedRow> rows = rejected(upload.id());
    assertThat(rows).extracting(Uploads.RejectedRow::number).containsExactly(2L, 3L);
    assertThat(rows).extracting(Uploads.RejectedRow::line).containsExactly(5L, 6L);
    assertThat(rows.getFirst().problems().getFirst().message()).contains("on row 2 of this file");
    assertThat(rows.getLast().problems().getFirst().message()).startsWith("row 6 has 3 values");
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    world.uploads.writeErrors(upload.id(), Uploads.ReportFormat.CSV, report);
    assertThat(report.toString(StandardCharsets.UTF_8).lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("5,"), line -> assertThat(line).startsWith("6,"));
  }

  @Test
  void rowsThatWaitForApprovalDoNotWaitTwice() {
    change(acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload first = world.upload("ACME", "products.csv", GOOD);
    assertThat(first.books().pending()).isEqualTo(3);

    assertThatThrownBy(() -> world.uploads.rerun(World.ANNA, first.id(), null))
        .isInstanceOf(OnboardingException.class)
        .hasMessageContaining("approve or decline them, then run the file again");

    world.uploads.decline(World.ANNA, first.id(), null, "wrong season");
    Upload again = world.await(world.uploads.rerun(World.ANNA, first.id(), null).upload().id());
    assertThat(again.books().pending()).isEqualTo(3);
    audited();
  }

  @Test
  void theSameBytesAreTheSameUpload() {
    Upload first = world.upload("ACME", "products.csv", GOOD);
    Uploads.Receipt again = world.submit("ACME", "other-name.csv", GOOD);
    assertThat(again.alreadyKnown()).isTrue();
    assertThat(again.upload().id()).isEqualTo(first.id());
    assertThat(products()).hasSize(3);
  }

  @Test
  void knownKeysAreDuplicatesUnlessTheVendorUpdates() {
    world.upload("ACME", "one.csv", GOOD);
    String changed = GOOD.replace("10.00,12.50", "99.00,120.00").replace("Slow", "Slower");
    Upload strict = world.upload("ACME", "two.csv", changed);
    assertThat(strict.state()).isEqualTo(Upload.State.FAILED);
    assertThat(strict.books().rejected()).isEqualTo(3);
    assertThat(rejected(strict.id()).getFirst().problems())
        .extracting(p -> p.code())
        .containsExactly("DUPLICATE_SKU", "DUPLICATE_VENDOR_PRODUCT_ID");

    change(acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
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
    audited();
  }

  @Test
  void anotherVendorsSkuIsADuplicateEvenForUpdaters() {
    world.upload("ACME", "one.csv", GOOD);
    world.vendors.create(World.ANNA, VendorDraft.of("OTHER", "Other"));
    Upload other = world.upload("OTHER", "other.csv", GOOD);
    assertThat(rejected(other.id()))
        .allSatisfy(row ->
            assertThat(row.problems().getFirst().message())
                .contains("belongs to another vendor's product"));
  }

  @Test
  void rowsWaitForApprovalAndAreApprovedOrDeclined() {
    change(acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload upload = world.upload("ACME", "products.csv", GOOD);
    assertThat(upload.books()).isEqualTo(new Books(3, 0, 0, 0, 0, 3));
    assertThat(products()).isEmpty();
    audited();
    assertThat(world.uploads.awaitingApproval(null, 10).items()).hasSize(1);
    assertThat(world.uploads.approve(World.ANNA, upload.id(), List.of(1L)).approved()).isEqualTo(1);
    assertThat(world.uploads.decline(World.ANNA, upload.id(), List.of(2L), "no cars").declined())
        .isEqualTo(1);
    audited();
    assertThat(world.uploads.approve(World.ANNA, upload.id(), null).approved()).isEqualTo(1);
    assertThat(world.uploads.find(upload.id()).orElseThrow().books())
        .isEqualTo(new Books(3, 2, 0, 1, 0, 0));
    assertThat(products()).extracting(Product::sku).containsExactly("SKU-1", "SKU-3");
    audited();
  }

  @Test
  void aKeyTakenMeanwhileIsRefusedAtApproval() {
    change(acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload waiting = world.upload("ACME", "products.csv", GOOD);
    world.vendors.create(World.ANNA, VendorDraft.of("OTHER", "Other"));
    world.upload("OTHER", "other.csv", GOOD);
    assertThat(world.uploads.approve(World.ANNA, waiting.id(), null))
        .isEqualTo(new Uploads.Decision(0, 0, 3));
    audited();
  }

  @Test
  void mendedRowsAreSentAgain() {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n"
                + "A-2,Blue car,Toys,,\"=1+1, \"\"x\"\"\",SKU-2,Acme,1.00,,many,,\n");
    assertThat(upload.state()).isEqualTo(Upload.State.FAILED);
    List<Uploads.RejectedRow> rows = rejected(upload.id());
    List<String> cells = new ArrayList<>(rows.getFirst().cells());
    assertThat(world.uploads.check(upload.id(), new Uploads.MendedRow(1, cells))).hasSize(1);
    cells.set(7, "10.00");
    Uploads.MendedRow mended = new Uploads.MendedRow(1, cells);
    assertThat(world.uploads.check(upload.id(), mended)).isEmpty();
    Upload child =
        world.await(world.uploads.resubmit(World.ANNA, upload.id(), List.of(mended)).upload().id());
    assertThat(child.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(child.parent()).isEqualTo(upload.id());
    assertThat(rejected(upload.id()))
        .extracting(Uploads.RejectedRow::state)
        .containsExactly(Uploads.RowState.MENDED, Uploads.RowState.OPEN);
    assertThat(world.uploads.find(upload.id()).orElseThrow().openErrors()).isEqualTo(1);
    assertThatThrownBy(() -> world.uploads.resubmit(World.ANNA, upload.id(), List.of(mended)))
        .isInstanceOf(OnboardingException.class)
        .hasMessageContaining("mended already");
    audited();
  }

  @Test
  void anErrorFileIsMendedAndSentAgainAsItIs() throws IOException {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,\"=2+2\",SKU-1,Acme,ten,,5,,\n"
                + "A-2,Blue car,Toys,,,SKU-2,Acme,nine,,5,,\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    world.uploads.writeErrors(upload.id(), Uploads.ReportFormat.CSV, out);
    String report = out.toString(StandardCharsets.UTF_8);
    assertThat(report).contains("Error Type").contains("'=2+2");
    Upload again = world.upload("ACME", "mended.csv", report.replace(",ten,,5", ",10.50,,5"));
    assertThat(again.books()).isEqualTo(new Books(2, 1, 0, 1, 0, 0));
    assertThat(world.catalogue.findBySku("SKU-1").map(Product::description))
        .isEqualTo(Optional.of("=2+2"));
    assertThat(rejected(upload.id()).getFirst().state()).isEqualTo(Uploads.RowState.MENDED);
    audited();
  }

  @Test
  void aValueMendedInTheReportsOwnColumnCountsToo() throws IOException {
    Upload upload =
        world.upload(
            "ACME", "products.csv", World.HEADER + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    world.uploads.writeErrors(upload.id(), Uploads.ReportFormat.CSV, out);
    String report = out.toString(StandardCharsets.UTF_8);
    assertThat(report).contains(",ten,5,Acme,");
    Upload again = world.upload("ACME", "m.csv", report.replace(",ten,5,Acme,", ",10.50,5,Acme,"));
    assertThat(again.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(world.catalogue.findBySku("SKU-1").map(Product::price))
        .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("10.50"));
  }

  private static Upload.Failure failure(Upload upload) {
    return Objects.requireNonNull(upload.failure());
  }

  @Test
  void filesThatCannotBeUsedFailWholeAndSayWhy() {
    assertThatThrownBy(() -> world.upload("NOBODY", "x.csv", GOOD))
        .hasMessageContaining("no vendor \"NOBODY\"");
    assertThatThrownBy(() -> world.upload("ACME", "x.csv", "")).hasMessageContaining("is empty");
    Upload missing = world.upload("ACME", "x.csv", "sku,price\nA,1\n");
    assertThat(missing.state()).isEqualTo(Upload.State.FAILED);
    assertThat(failure(missing).message())
        .contains("product_name, category, stock_quantity are missing");
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
    change(suspended);
    assertThatThrownBy(() -> world.upload("ACME", "x.csv", GOOD))
        .hasMessageContaining("is suspended");
    assertThat(products()).isEmpty();
    audited();
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
    assertThat(products())
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
    assertThat(products())
        .extracting(Product::slug)
        .allMatch(slug -> slug.matches("thing-[0-9]+"))
        .doesNotHaveDuplicates();
    audited();
  }
}
