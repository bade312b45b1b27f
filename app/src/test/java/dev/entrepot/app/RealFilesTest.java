package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Real Shopify exports through the command line, with the mapping that is suggested for them.
class RealFilesTest {
  private static final Path FILES =
      Path.of(System.getProperty("entrepot.shared", "../shared"), "data", "shopify_products_csv");

  @TempDir private Path data;

  @Test
  void shopifysExportsUploadWithTheSuggestedMapping() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(FILES), "shared data absent: " + FILES);
    List<Path> exports;
    try (Stream<Path> found = Files.list(FILES)) {
      exports = found.sorted().toList();
    }
    try (Program program =
        Program.start(
            new SettingsReader(Map.of()).read(data, Map.of(Setting.PORT, "0")),
            Clock.systemUTC())) {
      program.announce();
      CommandRun.of(data, "vendor", "add", "SHOP", "A shop");
      for (String type : types(exports)) {
        String code = type.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        assertThat(CommandRun.of(data, "category", "add", code, type).code()).isZero();
      }
      for (Path export : exports) {
        CommandRun ended =
            CommandRun.of(data, "upload", export.toString(), "--vendor", "SHOP", "-o", "json");
        assertThat(ended.code()).as(export + ": " + ended.out() + ended.err()).isIn(0, 3);
        JsonNode books = ended.json().path("books");
        assertThat(books.path("written").longValue()).as(export.toString()).isPositive();
        assertThat(books.path("received").longValue())
            .isEqualTo(
                Stream.of("written", "unchanged", "rejected", "skipped", "pending")
                    .mapToLong(part -> books.path(part).longValue())
                    .sum());
      }
      assertThat(CommandRun.of(data, "audit").code()).isZero();
    }
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
