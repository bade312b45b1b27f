package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.tabular.Layout;
import dev.entrepot.onboarding.tabular.TabularException;
import dev.entrepot.onboarding.tabular.TabularFile;
import dev.entrepot.storage.StorableText;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A kept file, seen as what the supplier meant: an error file that was mended and sent again gives
/// the original columns.
final class SourceFile {
  private static final Pattern COMMA =
      Pattern.compile("\\s*-?(?:[0-9]+|[0-9]{1,3}(?:\\.[0-9]{3})+),[0-9]{1,2}\\s*");
  private static final Pattern POINT =
      Pattern.compile("\\s*-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\\.[0-9]{1,2}\\s*");

  private static final String OF_ERROR_FILE = ", mended error file";

  /// So many sheets of a workbook are looked at.
  static final int MOST_SHEETS = 20;

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

  /// The first visible sheet of a workbook that lacks nothing, of those looked at; it may have no
  /// rows. When each lacks something, the one that lacks least: among equals the one with most
  /// columns, a cover having few. What has but one sheet stays as it is.
  ///
  /// @param lacking how much a sheet lacks; 0: it serves
  /// @throws FileFailure when none serves, and one of them cannot be read
  SourceFile sheetLacking(ToIntFunction<SourceFile> lacking) {
    if (layout().sheets().size() < 2) {
      return this;
    }
    FileFailure damage = null;
    SourceFile nearest = null;
    int least = 0;
    for (Layout.Sheet looked : sheetsToLookAt()) {
      try {
        SourceFile sheet = onSheet(looked.number());
        int lacks = lacking.applyAsInt(sheet);
        if (lacks == 0) {
          return sheet;
        }
        if (nearest == null
            || lacks < least
            || (lacks == least && sheet.header().size() > nearest.header().size())) {
          nearest = sheet;
          least = lacks;
        }
      } catch (TabularException e) {
        damage = damage == null ? damage(looked.name(), e) : damage;
      }
    }
    if (damage != null) {
      throw damage;
    }
    return nearest == null ? this : nearest;
  }

  /// The same workbook with another sheet read; nothing changes for what is none.
  ///
  /// @throws TabularException when there is no such sheet with content
  SourceFile onSheet(int number) {
    Layout.Sheet read = layout().sheet();
    return read == null || read.number() == number ? this : of(file.withSheet(number), edits);
  }

  /// The number of the sheet that is read; null: it is no workbook.
  @Nullable Integer sheetNumber() {
    Layout.Sheet sheet = layout().sheet();
    return sheet == null ? null : sheet.number();
  }

  private List<Layout.Sheet> sheetsToLookAt() {
    return Stream.concat(
            layout().sheets().stream().limit(MOST_SHEETS), Stream.ofNullable(layout().sheet()))
        .distinct()
        .toList();
  }

  /// @return null: there is no table on the sheet, so it serves for nothing
  private static @Nullable FileFailure damage(String sheet, TabularException e) {
    return switch (e.code()) {
      case EMPTY_FILE, NO_HEADER, NO_ROWS, DUPLICATE_HEADER -> null;
      case TOO_MANY_COLUMNS,
          TOO_MANY_ROWS,
          TOO_LARGE,
          ZIP_BOMB,
          CUT_SHORT,
          NOT_A_TABLE,
          BAD_ENCODING,
          UNREADABLE ->
          new FileFailure(
              e.code().name(),
              "the sheet \"%s\" cannot be read: %s; no other sheet has the columns that are needed"
                  .formatted(sheet, e.getMessage()),
              e.line() == 0 ? null : e.line());
    };
  }

  /// The sheet that was read before.
  ///
  /// @param header its columns; it had rows
  /// @param sheet its number; null: it was not kept, and the sheet is known by its columns
  /// @throws FileFailure when there is none
  SourceFile begunWith(List<String> header, @Nullable Integer sheet) {
    if (layout().sheets().size() < 2) {
      return this;
    }
    SourceFile begun =
        sheet == null
            ? sheetLacking(one -> one.header().equals(header) && !one.empty() ? 0 : 1)
            : onSheet(sheet);
    if (begun.header().equals(header) && !begun.empty()) {
      return begun;
    }
    throw new FileFailure(
        TabularException.Code.UNREADABLE.name(),
        "the sheet that was begun cannot be found again: no sheet has the columns "
            + header.stream().limit(30).collect(Collectors.joining(", "))
            + " and rows below them; send the file again",
        null);
  }

  private boolean empty() {
    Long rows = layout().estimatedRows();
    return rows != null && rows == 0;
  }

  /// The supplier's column names, without characters that no database text can hold.
  List<String> header() {
    List<String> names = resent == null ? layout().header() : resent.originalHeader();
    return names.stream().map(StorableText::repair).toList();
  }

  long headerLine() {
    return layout().headerLine();
  }

  List<List<String>> sample() {
    return resent == null
        ? layout().sample()
        : layout().sample().stream().map(resent::originalCells).toList();
  }

  /// The same with number cells of a workbook written as a mapping reads numbers.
  SourceFile written(DecimalStyle style) {
    return switch (style) {
      case POINT -> this;
      case COMMA -> new SourceFile(file.withDecimalCommas(), resent, edits);
    };
  }

  /// The same with number cells of a workbook written as its texts are: with a decimal comma where
  /// more of the texts can only be numbers with one than numbers with a decimal point. A workbook
  /// whose numbers are all number cells stays as it is.
  SourceFile writtenAsItsTexts() {
    if (layout().format() != Layout.Format.XLSX) {
      return this;
    }
    SourceFile commas = written(DecimalStyle.COMMA);
    // A cell that is the same in both is no number with decimals, but may be the text of one.
    List<List<String>> one = sample();
    List<List<String>> other = commas.sample();
    int votes = 0;
    for (int row = 0; row < one.size(); row++) {
      for (int cell = 0; cell < one.get(row).size(); cell++) {
        String text = one.get(row).get(cell);
        if (text.equals(other.get(row).get(cell))) {
          votes += COMMA.matcher(text).matches() ? 1 : POINT.matcher(text).matches() ? -1 : 0;
        }
      }
    }
    return votes > 0 ? commas : this;
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
      text.append(", sheet \"").append(layout.sheet().name()).append('"');
    }
    if (layout.errorReport()) {
      text.append(OF_ERROR_FILE);
    }
    return text.toString();
  }

  /// Whether a description is that of a mended error file.
  static boolean ofErrorFile(@Nullable String description) {
    return description != null && description.endsWith(OF_ERROR_FILE);
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
