package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.tabular.Layout;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workbooks whose products are not on the first sheet.
class CoverPageTest {
  private static final List<String> COVER =
      List.of("Price list of Acme", "Valid from 1 January", "Questions to,sales@acme.example");

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme")).started();
  }

  @AfterEach
  void close() {
    world.audited();
    world.close();
    database.close();
  }

  private record Sheet(String name, List<String> lines) {}

  private static byte[] workbook(Sheet... sheets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      for (Sheet sheet : sheets) {
        Worksheet worksheet = workbook.newWorksheet(sheet.name);
        for (int row = 0; row < sheet.lines.size(); row++) {
          String[] cells = sheet.lines.get(row).split(",", -1);
          for (int column = 0; column < cells.length; column++) {
            worksheet.value(row, column, cells[column]);
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  /// The same with the second half of a sheet missing.
  private byte[] damaged(byte[] workbook, String part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path whole = Files.write(folder.resolve("whole.xlsx"), workbook);
    try (ZipFile in = new ZipFile(whole.toFile());
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(content, 0, entry.getName().equals(part) ? content.length / 2 : content.length);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Upload sent(Sheet... sheets) throws IOException {
    return sent(workbook(sheets));
  }

  private Upload sent(byte[] workbook) {
    return world.await(submitted(workbook).id());
  }

  private Upload submitted(byte[] workbook) {
    return world.submit("ACME", "list.xlsx", workbook, Uploads.Limits.SUPPLIER).upload();
  }

  private static Sheet products() {
    return new Sheet("Products", World.GOOD.lines().toList());
  }

  @Test
  void theSheetWithTheRequiredColumnsIsRead() throws IOException {
    Upload upload =
        sent(new Sheet("Read me", COVER), new Sheet("Terms", COVER.subList(0, 2)), products());
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(upload.books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
    assertThat(world.uploads.sample(upload.id(), 10, null, null).header())
        .contains("vendor_product_id");
  }

  @Test
  void aCoverOfOneLineIsNoTable() throws IOException {
    assertThat(sent(new Sheet("Read me", COVER.subList(0, 1)), products()).state())
        .isEqualTo(Upload.State.COMPLETED);
  }

  @Test
  void anEmptyTableIsNotLeftForTheNextSheet() throws IOException {
    Sheet header = new Sheet("Products", List.of(World.HEADER.strip()));
    Sheet examples = new Sheet("Examples", World.GOOD.lines().toList());
    for (Upload upload :
        List.of(sent(header, examples), sent(new Sheet("Read me", COVER), header, examples))) {
      assertThat(upload.failure())
          .satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("NO_ROWS");
            assertThat(failure.message()).startsWith("the sheet \"Products\" has a header but");
          });
    }
    assertThat(world.products()).isEmpty();
  }

  @Test
  void damageBehindACoverIsToldAsSuch() throws IOException {
    byte[] workbook = workbook(new Sheet("Read me", COVER), products());
    assertThat(sent(damaged(workbook, "xl/worksheets/sheet2.xml")).failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("UNREADABLE");
          assertThat(failure.message())
              .startsWith("the sheet \"Products\" cannot be read: ")
              .endsWith("; no other sheet has the columns that are needed");
        });
  }

  @Test
  void damageBesideTheSheetThatIsReadDoesNotMatter() throws IOException {
    byte[] workbook = workbook(new Sheet("Read me", COVER), new Sheet("Terms", COVER), products());
    assertThat(sent(damaged(workbook, "xl/worksheets/sheet2.xml")).state())
        .isEqualTo(Upload.State.COMPLETED);
  }

  @Test
  void noOtherSheetIsReadOnThanTheOneThatWasBegun() throws IOException {
    world.close();
    world = new World(database, folder, "node-1");
    byte[] workbook = workbook(products(), new Sheet("Terms", COVER));
    UUID id = submitted(workbook).id();
    long begun =
        database.write(transaction ->
            Sql.of("update upload set header = array['Article', 'Cost'] where id = ?")
                .with(id)
                .update(transaction));
    assertThat(begun).isEqualTo(1);
    world.started();
    assertThat(world.await(id).failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("UNREADABLE");
          assertThat(failure.message()).contains("the sheet that was begun").contains("Article");
        });
    assertThat(world.products()).isEmpty();
  }

  /// The first sheet has the same columns, but its prices are none.
  @Test
  void theSheetThatWasBegunIsGoneOnWithThoughAnotherHasItsColumns() throws IOException {
    String header = World.HEADER.strip().replace(",price,compare_at_price,", ",Preis,note,");
    List<String> old = new ArrayList<>(World.GOOD.lines().skip(1).toList());
    old.replaceAll(row -> row.replaceFirst("Acme,[0-9.]+", "Acme,on request"));
    old.addFirst(header);
    List<String> fresh = new ArrayList<>(World.GOOD.lines().skip(1).toList());
    fresh.replaceAll(row -> row.replace("A-", "N-").replace("SKU-", "NEW-"));
    fresh.addFirst(header);
    refuseChunks();
    UUID id = submitted(workbook(new Sheet("Archive", old), new Sheet("Current", fresh))).id();
    while (world.uploads.progress(id).orElseThrow().failure() == null) {
      Thread.onSpinWait();
    }
    world.close();
    run("drop trigger no_room on batch_chunk");
    world = new World(database, folder, "node-1").started();
    Upload upload = world.await(id);
    assertThat(upload.books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
    assertThat(world.products())
        .extracting(Product::vendorProductId)
        .containsExactlyInAnyOrder("N-1", "N-2", "N-3");
    assertThat(world.uploads.sample(id, 1, null, null).sheet())
        .isEqualTo(new Layout.Sheet(2, "Current"));
  }

  /// An upload begins, and comes no further.
  private void refuseChunks() {
    run(
        """
        create function no_room() returns trigger language plpgsql as
          $$ begin raise exception 'no room' using errcode = '53100'; end $$;
        create trigger no_room before insert on batch_chunk
          for each row execute function no_room()
        """);
  }

  private void run(String statement) {
    int _ = database.write(transaction -> Sql.of(statement).update(transaction));
  }

  @Test
  void theSheetThatComesNearestIsMappedWhenNoneServes() throws IOException {
    List<String> data = new ArrayList<>(World.GOOD.lines().skip(1).toList());
    data.addFirst(World.HEADER.strip().replace("product_name", "Q1").replace("category", "Q2"));
    Upload upload =
        sent(
            new Sheet("Read me", COVER),
            new Sheet("Data", data),
            new Sheet("Terms", COVER.subList(0, 2)));
    assertThat(upload.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("MISSING_COLUMN");
          assertThat(failure.message())
              .contains("the required column category is missing")
              .contains("the sheet \"Data\" has: vendor_product_id, Q1, Q2");
        });
    Uploads.Sample sample = world.uploads.sample(upload.id(), 10, null, null);
    assertThat(sample.header()).startsWith("vendor_product_id", "Q1", "Q2");
    assertThat(sample.sheet()).isEqualTo(new Layout.Sheet(2, "Data"));
    assertThat(sample.sheets())
        .extracting(Layout.Sheet::name)
        .containsExactly("Read me", "Data", "Terms");
    assertThat(world.uploads.sample(upload.id(), 10, null, 3).header())
        .containsExactly("Price list of Acme");
    Mapping suggested = sample.suggestion().mapping();
    List<Mapping.FieldMapping> fields = new ArrayList<>(suggested.fields());
    fields.removeIf(field -> field.field() == Field.PRODUCT_NAME);
    fields.add(Mapping.FieldMapping.direct(Field.PRODUCT_NAME, "Q1"));
    fields.add(Mapping.FieldMapping.direct(Field.CATEGORY, "Q2"));
    Mapping mended =
        new Mapping(
            "Data",
            suggested.decimal(),
            fields,
            Map.of(),
            Mapping.UnknownColumns.IGNORE,
            List.of(),
            null,
            List.of(),
            null);
    Upload again = world.await(world.uploads.rerun(World.ANNA, upload.id(), mended).upload().id());
    assertThat(again.books()).isEqualTo(new Books(3, 3, 0, 0, 0, 0));
  }

  /// The sheet that is not read at first has other products in the same rows.
  @Test
  void rowsOfAnotherSheetAreOtherRows() throws IOException {
    Sheet overview =
        new Sheet(
            "Overview",
            List.of(
                "c1,c2,c3,c4,c5,c6",
                "A-1,Red lorry,Toys,SKU-1,7.00,1",
                "O-2,Saw,Tools,SKU-O2,8.00,1",
                "O-3,Ball,Toys,SKU-O3,9.00,1"));
    String data = World.GOOD.replace("toys", "Games").replace("TOOLS", "Music");
    Upload first = sent(overview, new Sheet("Data", data.lines().toList()));
    assertThat(first.books()).isEqualTo(new Books(3, 1, 0, 2, 0, 0));
    Upload mending =
        world.await(
            world
                .uploads
                .resubmit(World.ANNA, first.id(), List.of(mended(first.id(), 2, 2, "Toys")))
                .upload()
                .id());
    assertThat(mending.books().written()).isEqualTo(1);

    Upload second =
        world.await(world.uploads.rerun(World.ANNA, first.id(), ofOverview()).upload().id());
    assertThat(second.books()).isEqualTo(new Books(3, 2, 0, 1, 0, 0));
    assertThat(world.rejected(second.id()).getFirst().problems().getFirst().code())
        .isEqualTo("DUPLICATE_SKU");
    assertThat(world.uploads.check(second.id(), mended(second.id(), 1, 4, "6.00")))
        .extracting(Problem::code)
        .contains("DUPLICATE_SKU");
    assertThat(world.uploads.find(first.id()).orElseThrow().openErrors()).isEqualTo(1);
  }

  private Uploads.MendedRow mended(UUID upload, long number, int cell, String value) {
    List<String> cells =
        new ArrayList<>(world.uploads.rejectedRow(upload, number).orElseThrow().cells());
    cells.set(cell, value);
    return new Uploads.MendedRow(number, cells);
  }

  private static Mapping ofOverview() {
    List<Field> fields =
        List.of(
            Field.VENDOR_PRODUCT_ID,
            Field.PRODUCT_NAME,
            Field.CATEGORY,
            Field.SKU,
            Field.PRICE,
            Field.STOCK_QUANTITY);
    return new Mapping(
        "Overview",
        Mapping.DecimalStyle.POINT,
        IntStream.range(0, 6)
            .mapToObj(i -> Mapping.FieldMapping.direct(fields.get(i), "c" + (i + 1)))
            .toList(),
        Map.of(),
        Mapping.UnknownColumns.IGNORE,
        List.of(),
        null,
        List.of(),
        null);
  }

  @Test
  void withoutSuchASheetTheMessageNamesTheOneThatWasRead() throws IOException {
    Upload upload = sent(new Sheet("Read me", COVER), new Sheet("Terms", COVER));
    assertThat(upload.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("MISSING_COLUMN");
          assertThat(failure.message())
              .contains("are missing")
              .contains("no other sheet has all that are required")
              .contains("the sheet \"Read me\" has: Price list of Acme");
        });
  }
}
