package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.tabular.Layout;
import dev.entrepot.onboarding.tabular.TabularFile;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A kept file, seen as what the supplier meant: an error file that was mended and sent again gives
/// the original columns.
final class SourceFile {
  private final TabularFile file;
  private final ResentRows.@Nullable Shape resent;
  private final ReportEdits.@Nullable Pass edits;
  private @Nullable Long counted;

  private SourceFile(
      TabularFile file, ResentRows.@Nullable Shape resent, ReportEdits.@Nullable Pass edits) {
    this.file = file;
    this.resent = resent;
    this.edits = edits;
  }

  /// @param edits takes over what was mended in the report's own columns of an error file
  static SourceFile of(TabularFile file, ReportEdits.@Nullable Pass edits) {
    Layout layout = file.layout();
    return new SourceFile(
        file, layout.errorReport() ? ResentRows.Shape.of(layout.header()) : null, edits);
  }

  Layout layout() {
    return file.layout();
  }

  List<String> header() {
    return resent == null ? layout().header() : resent.originalHeader();
  }

  long headerLine() {
    return layout().headerLine();
  }

  List<List<String>> sample() {
    return resent == null
        ? layout().sample()
        : layout().sample().stream().map(resent::originalCells).toList();
  }

  void counted(long rows) {
    counted = rows;
  }

  @Nullable Long estimatedRows() {
    return counted != null ? counted : layout().estimatedRows();
  }

  SourceRows rows() {
    return resent == null ? new PlainRows(file.open()) : new ResentRows(file.open(), resent, edits);
  }

  /// For people, for example `CSV, semicolon, windows-1252, gzip`.
  String description() {
    Layout layout = layout();
    StringBuilder text = new StringBuilder(layout.format().name());
    Character delimiter = layout.delimiter();
    if (delimiter != null) {
      text.append(", ").append(nameOf(delimiter));
    }
    Charset charset = layout.charset();
    if (charset != null) {
      text.append(", ").append(charset.name());
    }
    if (layout.compression() != Layout.Compression.NONE) {
      text.append(", ").append(layout.compression().name().toLowerCase(Locale.ROOT));
    }
    if (layout.sheet() != null) {
      text.append(", sheet \"").append(layout.sheet()).append('"');
    }
    if (layout.errorReport()) {
      text.append(", mended error file");
    }
    return text.toString();
  }

  private static String nameOf(char delimiter) {
    return switch (delimiter) {
      case ',' -> "comma";
      case ';' -> "semicolon";
      case '|' -> "bar";
      case '\t' -> "tab";
      default -> "'" + delimiter + "'";
    };
  }
}
