package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.CellFormats.Kind;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rows of one sheet, those without any content left out.
final class SheetRows implements AutoCloseable {
  /// One row.
  ///
  /// @param line its number in the sheet
  /// @param cells its cells up to the last that is not empty
  /// @param fault what is wrong with it, or null
  record Parsed(long line, CellList cells, @Nullable String fault) {}

  private static final int SHEET_COLUMNS = 16_384;

  private final XmlPart xml;
  private final SharedTexts texts;
  private final CellFormats formats;
  private final CellText numbers;
  private final Limits limits;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder formulaText = new StringBuilder();
  private String[] cells = new String[32];
  private int filled;
  private long rowChars;
  private long line;
  private @Nullable String fault;
  private boolean formula;
  private boolean result;
  private boolean ended;

  SheetRows(XmlPart xml, SharedTexts texts, CellFormats formats, CellText numbers, Limits limits) {
    this.xml = xml;
    this.texts = texts;
    this.formats = formats;
    this.numbers = numbers;
    this.limits = limits;
  }

  /// The next row that has content, or null behind the last.
  @Nullable Parsed next() {
    return next(Long.MAX_VALUE);
  }

  /// The next row that has content; null behind the last, and when none began before so many bytes
  /// of the sheet were read.
  @Nullable Parsed next(long bytes) {
    while (xml.bytesRead() <= bytes) {
      if (!xml.advance() || xml.ends("sheetData")) {
        ended = true;
        return null;
      }
      if (xml.starts("row")) {
        line = rowNumber(xml.attribute("r"));
        readRow();
        if (filled > 0 || fault != null) {
          return new Parsed(line, new CellList(Arrays.copyOf(cells, filled)), fault);
        }
      }
    }
    return null;
  }

  /// Whether the last row was passed.
  boolean ended() {
    return ended;
  }

  private long rowNumber(@Nullable String written) {
    try {
      return written == null ? line + 1 : Math.max(1, Long.parseLong(written));
    } catch (NumberFormatException notANumber) {
      return line + 1;
    }
  }

  private void readRow() {
    Arrays.fill(cells, 0, filled, "");
    filled = 0;
    rowChars = 0;
    fault = null;
    int column = -1;
    while (xml.advance() && !xml.ends("row")) {
      if (xml.starts("c")) {
        column = column(xml.attribute("r"), column + 1);
        String value = readCell(column);
        if (!value.isEmpty()) {
          put(column, value);
        }
      }
    }
  }

  private int column(@Nullable String reference, int following) {
    if (reference == null) {
      return following;
    }
    int column = 0;
    int place = 0;
    while (place < reference.length() && place < 4 && Character.isLetter(reference.charAt(place))) {
      column = column * 26 + Character.digit(reference.charAt(place), 36) - 9;
      place++;
    }
    if (column < 1 || column > SHEET_COLUMNS) {
      fail(String.format(Locale.ROOT, "row %,d has a cell that calls itself %s", line, reference));
      return following;
    }
    return column - 1;
  }

  private void put(int column, String value) {
    rowChars += value.length();
    if (rowChars > limits.maxRowChars()) {
      fail(
          String.format(
              Locale.ROOT,
              "row %,d has more than %,d characters, the most that is allowed",
              line,
              limits.maxRowChars()));
      return;
    }
    if (column >= SHEET_COLUMNS) {
      fail(String.format(Locale.ROOT, "row %,d has more than %,d cells", line, SHEET_COLUMNS));
      return;
    }
    if (column >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(column + 1, cells.length * 2));
    }
    if (column >= filled) {
      Arrays.fill(cells, filled, column, "");
      filled = column + 1;
    }
    cells[column] = value;
  }

  /// Reads the cell that has just started, up to its end.
  private String readCell(int column) {
    String type = xml.attribute("t");
    Kind kind = formats.kind(xml.attribute("s"));
    text.setLength(0);
    formula = false;
    formulaText.setLength(0);
    result = false;
    boolean within = readContent();
    if (!within) {
      fail(
          String.format(
              Locale.ROOT,
              "cell %s has more than %,d characters, the most that is allowed",
              name(column),
              limits.maxCellChars()));
      return "";
    }
    // Programs that do not calculate leave out the result, or leave it empty; only a text may be
    // so.
    if (formula && (!result || (text.isEmpty() && !"str".equals(type)))) {
      fail(
          "cell %s holds a formula without its result; open the file in a spreadsheet program, save it, and send it again"
              .formatted(name(column)));
      return formulaText.isEmpty() ? "" : "=" + formulaText;
    }
    return value(type == null ? "n" : type, kind, column);
  }

  private boolean readContent() {
    boolean within = true;
    while (xml.advance() && !xml.ends("c")) {
      if (xml.isStart()) {
        switch (xml.element()) {
          case "v" -> {
            result = true;
            within &= xml.text(text, limits.maxCellChars());
          }
          case "is" -> {
            result = true;
            within &= RichText.read(xml, "is", text, limits.maxCellChars());
          }
          case "f" -> {
            formula = true;
            within &= xml.text(formulaText, limits.maxCellChars());
          }
          default -> xml.skip();
        }
      }
    }
    return within;
  }

  private String value(String type, Kind kind, int column) {
    return switch (type) {
      case "s" -> shared(text.toString().strip(), column);
      case "inlineStr", "str" -> SpreadsheetText.unescape(text.toString());
      case "b" ->
          switch (text.toString().strip()) {
            case "1" -> "true";
            case "0" -> "false";
            case String other -> other;
          };
      case "n" -> text.isEmpty() ? "" : numbers.of(text.toString().strip(), kind);
      default -> text.toString();
    };
  }

  private String shared(String index, int column) {
    if (index.isEmpty()) {
      return "";
    }
    String value = null;
    try {
      value = texts.text(Integer.parseInt(index));
    } catch (NumberFormatException notANumber) {
      // Told below, like a number that is out of range.
    }
    if (value == null) {
      fail(
          "cell %s refers to the text %s, which the workbook does not have; save and send it again"
              .formatted(name(column), index));
      return "";
    }
    return value;
  }

  private void fail(String reason) {
    if (fault == null) {
      fault = reason;
    }
  }

  private String name(int column) {
    StringBuilder letters = new StringBuilder();
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('A' + (rest - 1) % 26));
    }
    return letters.append(line).toString();
  }

  /// Bytes of the sheet read so far, unpacked.
  long bytesRead() {
    return xml.bytesRead();
  }

  @Override
  public void close() {
    xml.close();
  }
}
