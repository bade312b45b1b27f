package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.reports.Resent;
import dev.entrepot.storage.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Error files show some values twice: in the report's own columns and in the supplier's. Whoever
/// mends the report's column instead of the original one is taken at his word, as long as the
/// original cell was left as it was.
final class ReportEdits {
  private final Database database;
  private final UploadStore uploads;
  private final DeadLetters deadLetters;
  private final RejectedRows rejectedRows;

  ReportEdits(
      Database database, UploadStore uploads, DeadLetters deadLetters, RejectedRows rejectedRows) {
    this.database = database;
    this.uploads = uploads;
    this.deadLetters = deadLetters;
    this.rejectedRows = rejectedRows;
  }

  /// What was shown of the uploads a file refers to, for one pass over it. Not safe for use by many
  /// threads.
  Pass pass(String vendor) {
    return new Pass(vendor);
  }

  final class Pass {
    private final String vendor;
    private final Map<UUID, Optional<MappingPlan>> plans = new HashMap<>();

    private Pass(String vendor) {
      this.vendor = vendor;
    }

    /// The original cells of a mended row, with what was mended in the report's columns.
    List<String> cells(Resent.Mended mended) {
      return RowReference.parse(mended.reference())
          .map(reference -> cells(mended, reference))
          .orElse(mended.cells());
    }

    private List<String> cells(Resent.Mended mended, RowReference reference) {
      Optional<MappingPlan> plan = plans.computeIfAbsent(reference.upload(), this::planOf);
      Optional<DeadLetter> letter =
          plan.isEmpty() ? Optional.empty() : deadLetters.find(reference.upload(), reference.row());
      if (letter.isEmpty() || !letter.get().readable()) {
        return mended.cells();
      }
      Uploads.RejectedRow shown = rejectedRows.row(letter.get(), plan);
      List<String> cells = new ArrayList<>(mended.cells());
      reported(mended.reported())
          .forEach((field, now) -> take(cells, letter.get().payload(), shown, field, now));
      return cells;
    }

    private Optional<MappingPlan> planOf(UUID upload) {
      return database
          .read(connection -> uploads.row(connection, upload))
          .filter(row -> row.vendor().equals(vendor))
          .flatMap(rejectedRows::plan);
    }
  }

  private static void take(
      List<String> cells,
      List<String> original,
      Uploads.RejectedRow shown,
      Field field,
      String now) {
    @Nullable Integer column = shown.columnOf().get(field.column());
    boolean edited = !now.isBlank() && !now.equals(shown.values().getOrDefault(field.column(), ""));
    if (edited
        && column != null
        && column < Math.min(cells.size(), original.size())
        && cells.get(column).equals(original.get(column))) {
      cells.set(column, now);
    }
  }

  private static Map<Field, String> reported(Resent.Reported reported) {
    return Map.of(
        Field.VENDOR_PRODUCT_ID, reported.vendorProductId(),
        Field.SKU, reported.sku(),
        Field.PRODUCT_NAME, reported.productName(),
        Field.CATEGORY, reported.category(),
        Field.PRICE, reported.price(),
        Field.STOCK_QUANTITY, reported.stock(),
        Field.BRAND, reported.brand(),
        Field.DESCRIPTION, reported.description());
  }
}
