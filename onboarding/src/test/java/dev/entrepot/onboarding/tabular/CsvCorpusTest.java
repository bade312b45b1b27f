package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.contract.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Public CSV corpora: every file gives the JSON beside it, or a clear error with its line.
class CsvCorpusTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Path naughty() {
    return SharedData.required("naughty");
  }

  @TestFactory
  Stream<DynamicTest> csvSpectrum() throws IOException {
    Path corpus = naughty().resolve("csv-spectrum");
    return files(corpus.resolve("csvs"))
        .map(file -> DynamicTest.dynamicTest(name(file), () -> spectrum(corpus, file)));
  }

  private static void spectrum(Path corpus, Path file) throws IOException {
    TabularFile table = TabularFile.inspect(file, name(file), Limits.ofSupplier());
    List<Row> rows = Reading.rows(table);
    switch (name(file)) {
      case "location_coordinates" ->
          // Not RFC 4180 (quotes in an unquoted value), and the JSON beside it is of another row.
          assertThat(rows)
              .singleElement()
              .isInstanceOfSatisfying(
                  Row.Unreadable.class,
                  row -> {
                    assertThat(row.line()).isEqualTo(2);
                    assertThat(row.reason()).contains("line 2, column 2").contains("quote");
                  });
      case "newlines_crlf" ->
          // The file itself was checked in with LF, the JSON with CRLF.
          assertThat(objects(table, rows))
              .isEqualTo(expectedObjects(corpus.resolve("json/newlines.json")));
      default ->
          assertThat(objects(table, rows))
              .isEqualTo(expectedObjects(corpus.resolve("json/" + name(file) + ".json")));
    }
  }

  @TestFactory
  Stream<DynamicTest> csvTestData() throws IOException {
    Path corpus = naughty().resolve("csv-test-data");
    return files(corpus.resolve("csv"))
        .map(file -> DynamicTest.dynamicTest(name(file), () -> testData(corpus, file)));
  }

  private static void testData(Path corpus, Path file) throws IOException {
    Path json = corpus.resolve("json/" + name(file) + ".json");
    switch (name(file)) {
      case "header-no-rows" -> refused(file, TabularException.Code.NO_ROWS);
      case "header-simple" -> {
        TabularFile table = TabularFile.inspect(file, name(file), Limits.ofSupplier());
        assertThat(objects(table, Reading.rows(table))).isEqualTo(expectedObjects(json));
      }
      case "bad-header-no-header" -> refused(file, TabularException.Code.EMPTY_FILE);
      case "bad-header-wrong-header" -> refused(file, TabularException.Code.NO_ROWS);
      case "bad-header-less-fields" ->
          unreadable(file, "row 2 has 2 values, the header has 3 columns");
      case "bad-header-more-fields" ->
          unreadable(file, "row 2 has 4 values, the header has 3 columns");
      case "bad-missing-quote" -> unreadable(file, "line 2, column 2 is never closed");
      case "bad-quotes-with-unescaped-quote" ->
          unreadable(file, "line 2, column 2 is followed by more text");
      case "bad-unescaped-quote" ->
          unreadable(file, "line 2, column 2 holds a quote but is not quoted");
      default -> {
        assertThat(json).exists();
        TabularFile table =
            TabularFile.inspect(file, name(file), Limits.ofSupplier(), HeaderMode.NONE);
        assertThat(Reading.cells(table)).isEqualTo(expectedLists(json));
      }
    }
  }

  private static void refused(Path file, TabularException.Code code) {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> TabularFile.inspect(file, name(file), Limits.ofSupplier()))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static void unreadable(Path file, String reason) {
    assertThat(Reading.rows(TabularFile.inspect(file, name(file), Limits.ofSupplier())))
        .singleElement()
        .isInstanceOfSatisfying(
            Row.Unreadable.class,
            row -> {
              assertThat(row.reason()).contains(reason);
              assertThat(row.line()).isEqualTo(2);
              assertThat(row.raw()).isNotEmpty();
            });
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".csv", "");
  }

  private static List<Map<String, String>> objects(TabularFile table, List<Row> rows) {
    List<Map<String, String>> objects = new ArrayList<>();
    for (Row row : rows) {
      if (row instanceof Row.Cells cells) {
        Map<String, String> object = new LinkedHashMap<>();
        for (int column = 0; column < cells.values().size(); column++) {
          object.put(table.layout().header().get(column), cells.values().get(column));
        }
        objects.add(object);
      } else {
        fail("unreadable: " + row);
      }
    }
    return objects;
  }

  private static List<Map<String, String>> expectedObjects(Path json) throws IOException {
    List<Map<String, String>> objects = new ArrayList<>();
    for (JsonNode object : JSON.readTree(Files.readString(json))) {
      Map<String, String> values = new LinkedHashMap<>();
      object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asString()));
      objects.add(values);
    }
    return objects;
  }

  private static List<List<String>> expectedLists(Path json) throws IOException {
    List<List<String>> lists = new ArrayList<>();
    for (JsonNode list : JSON.readTree(Files.readString(json))) {
      List<String> values = new ArrayList<>();
      list.forEach(value -> values.add(value.asString()));
      lists.add(values);
    }
    return lists;
  }
}
