package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.reports.ErrorReport;
import dev.entrepot.onboarding.reports.Resent;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.storage.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Error files show some values twice: in the report's own columns and in the supplier's. Whoever
/// mends the report's column instead of the original one is taken at his word; two edits that say
/// different things are a problem of the row. A row that could not be read and comes back as it was
/// still cannot be read.
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

  /// What a row of an error file says now.
  sealed interface Edited {}

  /// The original cells, with what was mended in the report's columns.
  record Taken(List<String> cells, List<Problem> contradictions) implements Edited {
    Taken {
      cells = List.copyOf(cells);
      contradictions = List.copyOf(contradictions);
    }
  }

  /// The text of a row that could not be read, as it was.
  record Unread(String reason, String raw) implements Edited {}

  /// What was shown of the uploads a file refers to, for one pass over it. Not safe for use by many
  /// threads.
  Pass pass(String vendor) {
    return new Pass(vendor);
  }

  final class Pass {
    private final String vendor;
    private final Map<UUID, Optional<Shown>> uploadsShown = new HashMap<>();

    private record Shown(UploadRow upload, MappingPlan plan) {}

    private Pass(String vendor) {
      this.vendor = vendor;
    }

    /// What a mended row says in both places together.
    Edited take(Resent.Mended mended) {
      return RowReference.parse(mended.reference())
          .map(reference -> take(mended, reference))
          .orElse(new Taken(mended.cells(), List.of()));
    }

    private Edited take(Resent.Mended mended, RowReference reference) {
      Optional<Shown> shown = uploadsShown.computeIfAbsent(reference.upload(), this::shown);
      Optional<DeadLetter> letter =
          shown.isEmpty()
              ? Optional.empty()
              : deadLetters.find(reference.upload(), reference.row());
      if (letter.isEmpty()) {
        return new Taken(mended.cells(), List.of());
      }
      if (!letter.get().readable()) {
        return untouched(mended, letter.get())
            ? new Unread(letter.get().reason(), letter.get().payload().getFirst())
            : new Taken(mended.cells(), List.of());
      }
      MappingPlan plan = shown.get().plan();
      return new TwofoldRow(
              plan,
              shown.get().upload().header(),
              rejectedRows.row(letter.get(), Optional.of(plan)).values(),
              mended)
          .taken();
    }

    private Optional<Shown> shown(UUID upload) {
      return database
          .read(connection -> uploads.row(connection, upload))
          .filter(row -> row.vendor().equals(vendor))
          .flatMap(row -> rejectedRows.plan(row).map(plan -> new Shown(row, plan)));
    }
  }

  /// Whether the text of an unreadable row still stands alone where the report had put it.
  private static boolean untouched(Resent.Mended mended, DeadLetter letter) {
    List<String> cells = mended.cells();
    String text = TwofoldRow.plain(cells.getFirst());
    return (text.equals(TwofoldRow.plain(letter.payload().getFirst())) || ErrorReport.isCut(text))
        && cells.stream().skip(1).allMatch(String::isBlank);
  }
}
