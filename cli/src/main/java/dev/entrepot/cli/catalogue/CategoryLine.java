package dev.entrepot.cli.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A category as a line of an import file says it.
record CategoryLine(String code, String name, @Nullable String parent, boolean active) {

  ObjectNode body() {
    return Api.object()
        .put("code", code)
        .put("name", name)
        .put("parent", parent)
        .put("active", active);
  }

  boolean sameAs(JsonNode category) {
    return name.equals(Values.text(category, "name"))
        && (parent == null ? "" : parent).equals(Values.text(category, "parent"))
        && active == category.path("active").asBoolean(true);
  }

  /// Reads a CSV file: columns code, name and, if wanted, parent and active; `,` or `;` between.
  ///
  /// @throws CommandException naming the line that cannot be read
  static List<CategoryLine> read(Path file) {
    List<CategoryLine> categories = new ArrayList<>();
    try (var records =
        CsvReader.builder()
            .fieldSeparator(delimiter(file))
            .skipEmptyLines(true)
            .detectBomHeader(true)
            .ofNamedCsvRecord(file)) {
      records.forEach(record -> categories.add(of(file, record)));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException(
          ExitCode.USAGE, "\"" + file + "\" cannot be read: " + e.getMessage(), e);
    } catch (CsvParseException e) {
      throw new CommandException(
          ExitCode.USAGE, "\"" + file + "\" is not proper CSV: " + e.getMessage(), e);
    }
    return categories;
  }

  private static CategoryLine of(Path file, NamedCsvRecord record) {
    String code = cell(record, "code");
    String name = cell(record, "name");
    if (code.isEmpty() || name.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "line %d of \"%s\" lacks a code or a name; the columns are %s, wanted are code, name and"
                  .formatted(record.getStartingLineNumber(), file, record.getHeader())
              + " if you like parent and active");
    }
    String parent = cell(record, "parent");
    return new CategoryLine(
        code,
        name,
        parent.isEmpty() ? null : parent,
        !cell(record, "active").matches("(?i)false|no|0"));
  }

  private static String cell(NamedCsvRecord record, String column) {
    return record.findField(column).orElse("").strip();
  }

  private static char delimiter(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().filter(header -> header.contains(";")).isPresent() ? ';' : ',';
    }
  }
}
