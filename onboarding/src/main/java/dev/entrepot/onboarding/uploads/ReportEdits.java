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
    private final Map<UUID, Optional<MappingPlan>> plans = new HashMap<>();

    private record Shown(UploadRow upload, MappingPlan plan) {}

    private Pass(String vendor) {
      this.vendor = vendor;
    }

    /// What a mended row says in both places together.
    ///
    /// @param header the supplier's columns as they stand in the error file now
    Edited take(Resent.Mended mended, List<String> header) {
      return RowReference.parse(mended.reference())
          .map(reference -> take(mended, reference, header))
          .orElse(new Taken(mended.cells(), List.of()));
    }

    private Edited take(Resent.Mended mended, RowReference reference, List<String> header) {
      Optional<Shown> shown = uploadsShown.computeIfAbsent(reference.upload(), this::shown);
      Optional<DeadLetter> letter =
          shown.isEmpty()
              ? Optional.empty()
              : deadLetters.find(reference.upload(), reference.row());
      if (letter.isEmpty()) {
        return new Taken(mended.cells(), List.of());
      }
      boolean readable = letter.get().readable();
      if (!readable && untouched(mended, letter.get())) {
        return new Unread(letter.get().reason(), letter.get().payload().getFirst());
      }
      UploadRow upload = shown.get().upload();
      return plans
          .computeIfAbsent(reference.upload(), id -> rejectedRows.plan(upload, header))
          .map(plan -> {
            Map<String, String> values =
                readable
                    ? rejectedRows.row(letter.get(), Optional.of(shown.get().plan())).values()
                    : Map.<String, String>of();
            return new TwofoldRow(plan, header, values, mended).taken();
          })
          .orElse(new Taken(mended.cells(), List.of()));
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
    return TwofoldRow.saysNothing(mended.reported())
        && (text.equals(TwofoldRow.plain(letter.payload().getFirst())) || ErrorReport.isCut(text))
        && cells.stream().skip(1).allMatch(String::isBlank);
  }
}
