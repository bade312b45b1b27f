package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.mapping.MappingStore;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What docs/mappings-and-rules.md shows must work.
class DocumentedExamplesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("entrepot.root", ".."), "docs", "mappings-and-rules.md");

  @Test
  void theMappingWorks() throws IOException {
    try (Database database = TestDatabase.fresh()) {
      var store = new MappingStore(database, new ActivityLog(database));
      Mapping mapping = store.fromJson(block("json"));
      var plan =
          MappingPlan.compile(
              mapping,
              List.of(
                  "Art.-Nr.",
                  "SKU",
                  "Farbe",
                  "Bezeichnung",
                  "Warengruppe",
                  "Netto",
                  "Bestand",
                  "Gewicht (g)",
                  "EK"));

      assertThat(plan.missingRequired()).isEmpty();
      assertThat(
              plan.start()
                  .apply(List.of("7", "", "rot", "Topf", "", "10,00", "auf Lager", "250", "5"))
                  .values())
          .containsEntry(Field.SKU, "7-rot")
          .containsEntry(Field.CATEGORY, "garden")
          .containsEntry(Field.PRICE, "11.9")
          .containsEntry(Field.STOCK_QUANTITY, "10")
          .containsEntry(Field.WEIGHT_KG, "0.25");
    }
  }

  @Test
  void theRulesCompile() throws IOException {
    List<String> rules = block("cel").lines().toList();

    assertThat(rules).hasSizeGreaterThan(3).allSatisfy(CompiledRule::of);
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
