package dev.entrepot.onboarding.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.contract.SharedData;
import dev.entrepot.onboarding.catalogue.Category;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.mapping.Mappings.Suggestion;
import dev.entrepot.onboarding.rules.RowChecker;
import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.RowReader;
import dev.entrepot.onboarding.tabular.TabularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// Data that nobody here wrote, from the shared folder.
class RealFilesTest {
  @ParameterizedTest
  @CsvSource({
    "apparel.csv, 22, 0, men women",
    "home-and-garden.csv, 21, 0, Indoor Outdoor",
    "jewelery.csv, 23, 18, Bracelet Earrings Necklace"
  })
  void shopifysSampleFilesMapWhole(String name, int products, int images, String categories) {
    Path folder = SharedData.required("shopify_products_csv");
    TabularFile file = TabularFile.inspect(folder.resolve(name), name, Limits.ofSupplier());
    List<String> header = file.layout().header();
    List<List<String>> rows = rows(file);

    Suggestion suggestion = Suggester.suggest(header, rows.subList(0, 10));
    assertThat(suggestion.origin()).isEqualTo("Shopify product export");
    assertThat(suggestion.missing()).isEmpty();

    var checker = new RowChecker(index(categories.split(" ")), "US", List.of());
    MappingPlan.Cursor cursor = MappingPlan.compile(suggestion.mapping(), header).start();
    List<MappedRow> mapped = rows.stream().map(cursor::apply).toList();
    List<MappedRow> kept = mapped.stream().filter(row -> row.skipped() == null).toList();

    assertThat(kept).hasSize(products);
    assertThat(mapped).hasSize(products + images);
    assertThat(kept).allSatisfy(row -> assertThat(checker.check(row).problems()).isEmpty());
    assertThat(kept.stream().map(row -> row.value(Field.SKU)).collect(Collectors.toSet()))
        .hasSize(products);
    assertThat(mapped)
        .filteredOn(row -> row.skipped() != null)
        .allSatisfy(row -> assertThat(row.skipped()).startsWith("image row of "));
  }

  @Test
  void naughtyStringsPassUnharmed() throws IOException {
    Path file = SharedData.required("naughty").resolve("blns.json");
    List<String> strings = new ArrayList<>();
    JsonMapper.builder()
        .build()
        .readTree(Files.readString(file))
        .forEach(node -> strings.add(node.asString()));
    List<String> header = List.of("sku", "product_name", "description", "price", "note");
    Suggestion suggestion = Suggester.suggest(header, List.of());
    var checker = new RowChecker(index("shoes"), "US", List.of());
    MappingPlan.Cursor cursor = MappingPlan.compile(suggestion.mapping(), header).start();
    Set<String> codes = new HashSet<>();

    for (String text : strings) {
      MappedRow row = cursor.apply(List.of(text, text, text, text, text));
      if (Blanks.isBlank(text)) {
        assertThat(row.values()).isEmpty();
      } else {
        assertThat(row.value(Field.SKU)).isEqualTo(Blanks.trim(text));
        assertThat(row.value(Field.DESCRIPTION)).isEqualTo(text);
        assertThat(row.custom()).containsEntry("note", text);
      }
      checker.check(row).problems().forEach(problem -> codes.add(problem.code()));
      everyField(checker, text);
    }
    assertThat(strings).hasSizeGreaterThan(400);
    assertThat(codes).contains("INVALID_PRICE", "MISSING_REQUIRED_FIELDS");
  }

  private static void everyField(RowChecker checker, String text) {
    for (Field field : Field.values()) {
      assertThat(checker.check(MappedRow.of(Map.of(field, text), Map.of())).problems())
          .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
    }
    for (Mapping.Conversion conversion : Mapping.Conversion.values()) {
      assertThat(Conversions.apply(conversion, text)).isNotNull();
    }
  }

  private static List<List<String>> rows(TabularFile file) {
    List<List<String>> rows = new ArrayList<>();
    try (RowReader reader = file.open()) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows.add(((Row.Cells) row).values());
      }
    }
    return rows;
  }

  private static CategoryIndex index(String... names) {
    return new CategoryIndex(
        List.of(names).stream()
            .map(name -> new Category(name, name, null, true, 0, Instant.EPOCH))
            .toList());
  }
}
