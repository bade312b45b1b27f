package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.SharedData;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.reports.TableWriter;
import dev.entrepot.onboarding.tabular.Workbooks;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that want to do harm, or are harmed, end in a clear message with nothing half done.
class NaughtyFilesTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme")).started();
  }

  @AfterEach
  void close() {
    assertThat(world.audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
    world.close();
    database.close();
  }

  private Upload upload(String name, byte[] bytes) {
    return world.await(world.submit("ACME", name, bytes, Uploads.Limits.OPERATOR).upload().id());
  }

  @Test
  void aColumnNameWithACharacterThatIsNoTextHoldsUpNobody() {
    String header =
        "vendor_product_id,product_name,category,sku,price_x0000_,stock_quantity,o_x0000_";
    Upload upload =
        upload(
            "odd.xlsx",
            new Workbooks()
                .sheet(
                    sheetRow(1, header.split(","))
                        + sheetRow(2, "A-1", "Car", "Toys", "S-1", "10.00", "5", "x"))
                .bytes());
    assertThat(upload.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(upload.header()).contains("price\uFFFD", "o\uFFFD");
    assertThat(products()).extracting(Product::price).containsExactly(new BigDecimal("10.00"));
  }

  private static String sheetRow(int number, String... cells) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    for (String cell : cells) {
      row.append("<c t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }

  private List<Product> products() {
    List<Product> all = new ArrayList<>();
    world.catalogue.forEach(Catalogue.Query.ALL, all::add);
    return all;
  }

  /// Some lines of the corpus are no base64; they are left out.
  private static Stream<String> decoded(String line) {
    try {
      return Stream.of(
          new String(Base64.getDecoder().decode(line.strip()), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Stream.empty();
    }
  }

  @Test
  void naughtyStringsPassThroughUnharmed() throws IOException {
    Path file = SharedData.required("naughty").resolve("blns.base64.txt");
    List<String> strings =
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .flatMap(NaughtyFilesTest::decoded)
            .filter(text -> !text.isBlank() && text.codePointCount(0, text.length()) <= 2_000)
            .toList();
    assertThat(strings).hasSizeGreaterThan(300);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < strings.size(); i++) {
      rows.add(
          List.of(
              "N-" + i,
              "Thing",
              "toys",
              "",
              strings.get(i),
              "SKU-" + i,
              "B",
              "1",
              "",
              "1",
              "",
              ""));
    }
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    csv.write(World.HEADER.getBytes(StandardCharsets.UTF_8));
    for (List<String> row : rows) {
      String line =
          row.stream()
              .map(c -> '"' + c.replace("\"", "\"\"") + '"')
              .reduce((a, b) -> a + "," + b)
              .orElseThrow();
      csv.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream xlsx = new ByteArrayOutputStream();
    try (TableWriter writer =
        TableWriter.xlsx(xlsx, "Products", Arrays.asList(World.HEADER.strip().split(",")))) {
      for (List<String> row : rows) {
        List<String> other = new ArrayList<>(row);
        other.set(0, "X" + row.get(0));
        other.set(5, "X" + row.get(5));
        writer.write(other);
      }
    }
    assertThat(upload("blns.csv", csv.toByteArray()).books().written()).isEqualTo(strings.size());
    assertThat(upload("blns.xlsx", xlsx.toByteArray()).books().written()).isEqualTo(strings.size());
    List<Product> products = products();
    for (int i = 0; i < strings.size(); i++) {
      String expected = strings.get(i).replace("\r\n", "\n");
      for (Product product : List.of(products.get(i), products.get(strings.size() + i))) {
        String description = product.description();
        if (description == null) {
          assertThat(expected.codePoints()).noneMatch(Character::isLetterOrDigit);
        } else {
          assertThat(description.replace("\r\n", "\n").strip()).isEqualTo(expected.strip());
        }
      }
    }
  }

  @Test
  void charactersNoTextMayHoldMakeARowUnreadableNotTheFile() {
    Upload upload =
        upload(
            "nul.csv",
            (World.HEADER + "A-1,Red\0car,Toys,,,S-1,A,1,,1,,\nA-2,Car,Toys,,,S-2,A,1,,1,,\n")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(upload.books().written()).isEqualTo(1);
    assertThat(upload.books().rejected()).isEqualTo(1);
  }

  @Test
  void aFileCutInTheMiddleLeavesNothingBehind() throws IOException {
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 0; i < 20_000; i++) {
      text.append("A-")
          .append(i)
          .append(",Car ")
          .append(i * 31L)
          .append(",toys,,,S-")
          .append(i)
          .append(",A,1,,1,,\n");
    }
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = gzip.toByteArray();
    Upload cut = upload("cut.csv.gz", Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThat(cut.state()).isEqualTo(Upload.State.FAILED);
    assertThat(Objects.requireNonNull(cut.failure()).code()).isEqualTo("CUT_SHORT");
    assertThat(cut.books().received()).isZero();
    assertThat(products()).isEmpty();
    assertThat(upload("whole.csv.gz", whole).books().written()).isEqualTo(20_000);
  }

  @Test
  void filesThatAreNoTablesSayWhatToDo() {
    for (byte[] junk :
        List.of(
            "%PDF-1.7\n%âãÏÓ\n1 0 obj".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {
              (byte) 0xD0,
              (byte) 0xCF,
              0x11,
              (byte) 0xE0,
              (byte) 0xA1,
              (byte) 0xB1,
              0x1A,
              (byte) 0xE1,
              1,
              2
            },
            new byte[5_000])) {
      Upload upload = upload("junk.csv", junk);
      assertThat(upload.state()).isEqualTo(Upload.State.FAILED);
      assertThat(Objects.requireNonNull(upload.failure()).message()).isNotBlank();
    }
    String wide =
        Stream.generate(() -> "c").limit(10_000).reduce((a, b) -> a + "," + b).orElseThrow();
    Upload upload = upload("wide.csv", (wide + "\n1\n").getBytes(StandardCharsets.UTF_8));
    assertThat(Objects.requireNonNull(upload.failure()).code()).isEqualTo("TOO_MANY_COLUMNS");
    assertThat(products()).isEmpty();
  }

  @Test
  void aSuppliersFileWithTooManyRowsIsRefusedWhole() {
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 0; i < 10_001; i++) {
      text.append("A-").append(i).append(",Car,toys,,,S-").append(i).append(",A,1,,1,,\n");
    }
    Upload upload =
        world.await(
            world
                .submit(
                    "ACME",
                    "many.csv",
                    text.toString().getBytes(StandardCharsets.UTF_8),
                    Uploads.Limits.SUPPLIER)
                .upload()
                .id());
    assertThat(Objects.requireNonNull(upload.failure()).code()).isEqualTo("TOO_MANY_ROWS");
    assertThat(products()).isEmpty();
  }
}
