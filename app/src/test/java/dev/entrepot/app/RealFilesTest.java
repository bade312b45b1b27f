package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.contract.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real Shopify exports by every way in, with the mapping that is suggested for them.
class RealFilesTest {
  private static final String PASSWORD = "a long enough password";

  @TempDir private Path data;
  private List<Path> exports = List.of();
  private @Nullable Program program;

  @BeforeEach
  void start() throws IOException {
    try (Stream<Path> found = Files.list(SharedData.required("shopify_products_csv"))) {
      exports = found.sorted().toList();
    }
    assertThat(exports).isNotEmpty();
    program =
        Program.start(
            new SettingsReader(Map.of()).read(data, Map.of(Setting.PORT, "0")), Clock.systemUTC());
    program.announce();
    ok("vendor", "add", "SHOP", "A shop");
    for (String type : types(exports)) {
      ok("category", "add", type.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), type);
    }
  }

  @AfterEach
  void stop() {
    if (program != null) {
      program.close();
    }
  }

  private CommandRun ok(String... arguments) {
    CommandRun ended = CommandRun.of(data, arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private UploadClient client() {
    return new UploadClient(Objects.requireNonNull(program).address(), program.localKey());
  }

  @Test
  void throughTheCommandLine() throws IOException {
    for (Path export : exports) {
      CommandRun ended =
          CommandRun.of(data, "upload", export.toString(), "--vendor", "SHOP", "-o", "json");
      assertThat(ended.code()).as(export + ": " + ended.out() + ended.err()).isIn(0, 3);
      requireWholeBooks(export, ended.json());
    }
    requireTraces();
  }

  @Test
  void asTheRawBodyOfTheApi() throws Exception {
    UploadClient client = client();
    for (Path export : exports) {
      requireWholeBooks(export, client.verdict(client.raw("SHOP", export)));
    }
    requireTraces();
  }

  @Test
  void asAMultipartBodyOfTheApi() throws Exception {
    UploadClient client = client();
    for (Path export : exports) {
      requireWholeBooks(export, client.verdict(client.multipart("SHOP", export)));
    }
    requireTraces();
  }

  @Test
  void throughThePortalsFormAsTheSupplier() throws Exception {
    CommandRun added =
        CommandRun.of(
            Map.of("ENTREPOT_DATA", data.toString(), "ENTREPOT_PASSWORD", PASSWORD),
            "",
            "user",
            "add",
            "shop@example.com",
            "--role",
            "supplier",
            "--vendor",
            "SHOP");
    assertThat(added.code()).as(added.err()).isZero();
    UploadClient client = client();
    client.signIn("shop@example.com", PASSWORD);
    for (Path export : exports) {
      requireWholeBooks(export, client.verdict(client.portal(export)));
    }
    requireTraces();
  }

  /// Every record of the file is in the books, once.
  private static void requireWholeBooks(Path export, JsonNode upload) throws IOException {
    JsonNode books = upload.path("books");
    assertThat(books.path("written").longValue()).as(export.toString()).isPositive();
    assertThat(books.path("received").longValue())
        .as(export + ": " + books)
        .isEqualTo(records(export))
        .isEqualTo(
            Stream.of("written", "unchanged", "rejected", "skipped", "pending")
                .mapToLong(part -> books.path(part).longValue())
                .sum());
  }

  private static long records(Path export) throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(export)) {
      return rows.stream().count();
    }
  }

  /// An audit finds nothing, and a product of the catalogue leads back to the row it came from.
  private void requireTraces() {
    ok("audit");
    String first = ok("export", "--format", "jsonl").out().lines().findFirst().orElseThrow();
    String sku = JsonMapper.shared().readTree(first).path("sku").stringValue();
    assertThat(ok("trace", sku).out()).contains("created").contains("(" + sku + ") of SHOP");
  }

  /// Where a shop names no type, the suggested mapping takes the first tag for the category.
  private static Set<String> types(List<Path> exports) throws IOException {
    Set<String> types = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Path export : exports) {
      try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(export)) {
        rows.forEach(row ->
            Stream.of("Type", "Tags")
                .flatMap(column -> row.findField(column).stream())
                .flatMap(cell -> Stream.of(cell.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(types::add));
      }
    }
    return types;
  }
}
