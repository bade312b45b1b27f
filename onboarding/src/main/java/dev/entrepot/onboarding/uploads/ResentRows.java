package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.reports.ErrorReport;
import dev.entrepot.onboarding.reports.Resent;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.RowReader;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The original columns of a mended error file. A row stands where the report says that it stood in
/// the file in which it was rejected first: that is the one people know. One that was added stands
/// where it does in the report.
final class ResentRows implements SourceRows {
  private static final Pattern LINE = Pattern.compile("[1-9][0-9]{0,8}");

  private final RowReader reader;
  private final Shape shape;
  private final ReportEdits.@Nullable Pass edits;

  /// Which of its columns are the supplier's own.
  record Shape(Resent resent) {
    static Shape of(List<String> header) {
      return new Shape(ErrorReport.read(header));
    }

    List<String> originalHeader() {
      return resent.originalHeader();
    }

    List<String> originalCells(List<String> cells) {
      return resent.row(new Row.Cells(1, 1, cells)).cells();
    }
  }

  /// @param edits takes over what was mended in the report's own columns; null: leaves it out
  ResentRows(RowReader reader, Shape shape, ReportEdits.@Nullable Pass edits) {
    this.reader = reader;
    this.shape = shape;
    this.edits = edits;
  }

  @Override
  public @Nullable SourceRow next() {
    Row row = reader.next();
    return switch (row) {
      case null -> null;
      case Row.Unreadable unreadable -> new SourceRow(unreadable, null);
      case Row.Cells cells -> resent(cells);
    };
  }

  private SourceRow resent(Row.Cells row) {
    Resent.Mended mended = shape.resent.row(row);
    if (mended.reference().isEmpty()) {
      return new SourceRow(new Row.Cells(row.number(), row.line(), mended.cells()), null);
    }
    long line = line(mended);
    if (edits == null) {
      return new SourceRow(new Row.Cells(row.number(), line, mended.cells()), mended.reference());
    }
    return switch (edits.take(mended, shape.originalHeader())) {
      case ReportEdits.Unread unread ->
          new SourceRow(
              new Row.Unreadable(row.number(), line, unread.reason(), unread.raw()),
              mended.reference());
      case ReportEdits.Taken taken ->
          new SourceRow(
              new Row.Cells(row.number(), line, taken.cells()),
              mended.reference(),
              taken.contradictions());
    };
  }

  private static long line(Resent.Mended mended) {
    String reported = mended.reported().row().strip();
    return LINE.matcher(reported).matches() ? Long.parseLong(reported) : mended.line();
  }

  @Override
  public void close() {
    reader.close();
  }
}
