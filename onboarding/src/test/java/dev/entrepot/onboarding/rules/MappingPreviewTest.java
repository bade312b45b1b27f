package dev.entrepot.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.MappingStore;
import dev.entrepot.onboarding.rules.MappingPreview.PreviewRow;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingPreviewTest {
  private static final List<String> HEADER =
      List.of("ID", "Name", "Category", "SKU", "Price", "Stock");

  @Test
  void showsRowsWithTheirProblems() {
    var previews =
        new MappingPreview(vendor -> new RowChecker(new CategoryIndex(List.of()), "US", List.of()));

    List<PreviewRow> preview =
        previews.rows(
            "VEND001",
            suggested(),
            HEADER,
            List.of(List.of("1", "Shoe", "Shoes", "S-1", "free", "5"), List.of("2")));

    assertThat(preview).hasSize(2);
    assertThat(preview.getFirst().values()).containsEntry(Field.PRICE, "free");
    assertThat(preview.getFirst().problems())
        .extracting(Problem::code)
        .containsExactly("INVALID_PRICE", "INVALID_CATEGORY");
    assertThat(preview.getLast().number()).isEqualTo(2);
    assertThat(preview.getLast().problems()).hasSize(5);
  }

  private static Mapping suggested() {
    try (Database database = TestDatabase.fresh()) {
      return new MappingStore(database, new ActivityLog(database))
          .suggest("NOBODY", HEADER, List.of())
          .mapping();
    }
  }
}
