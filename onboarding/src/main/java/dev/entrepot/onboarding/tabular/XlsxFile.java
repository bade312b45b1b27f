package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.Layout.Compression;
import dev.entrepot.onboarding.tabular.Layout.Format;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import dev.entrepot.onboarding.tabular.XlsxPackage.Sheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workbook and the sheet of it that is read.
final class XlsxFile implements Source {
  private static final int SAMPLE_ROWS = 50;
  private static final long SAMPLE_CHARS = 1 << 20;

  private final Path file;
  private final long size;
  private final Limits limits;
  private final HeaderMode headerMode;
  private final char decimal;
  private final Sheet sheet;
  private final int columns;
  private final Layout layout;

  private XlsxFile(Path file, String fileName, long size, Limits limits, Choices choices) {
    this.file = file;
    this.size = size;
    this.limits = limits;
    this.headerMode = choices.header();
    this.decimal = choices.decimal();
    try (XlsxPackage workbook = XlsxPackage.open(file, size, limits)) {
      Beginning beginning = beginning(workbook, choices.sheet());
      this.sheet = beginning.sheet;
      workbook.verify(sheet.part());
      List<String> header = header(beginning);
      this.columns = header.size();
      Sample sample = sample(workbook, choices.sheet() != null);
      this.layout =
          new Layout(
              fileName,
              Format.XLSX,
              Compression.NONE,
              null,
              false,
              null,
              null,
              sheet.name(),
              workbook.sheets().stream().filter(Sheet::visible).map(Sheet::name).toList(),
              header,
              headerMode == HeaderMode.FIRST_ROW ? beginning.first.line() : 0,
              sample.rows,
              sample.lines,
              sample.estimatedRows,
              ReportHeader.recognises(header));
    }
  }

  static XlsxFile inspect(Path file, String fileName, long size, Limits limits, Choices choices) {
    return new XlsxFile(file, fileName, size, limits, choices);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public RowReader open() {
    XlsxPackage workbook = XlsxPackage.open(file, size, limits);
    try {
      return reader(workbook);
    } catch (RuntimeException failed) {
      workbook.close();
      throw failed;
    }
  }

  private RowReader reader(XlsxPackage workbook) {
    SheetRows rows = rows(workbook, sheet);
    if (headerMode == HeaderMode.FIRST_ROW) {
      rows.next();
    }
    return new XlsxRowReader(
        workbook, rows, columns, workbook.size(sheet.part()), size, limits.maxRows());
  }

  private SheetRows rows(XlsxPackage workbook, Sheet of) {
    return new SheetRows(
        workbook.xml(of.part()),
        workbook.sharedTexts(),
        workbook.formats(),
        new CellText(workbook.dates1904(), decimal),
        limits);
  }

  /// The sheet to read, its first row with content, the widest of its first rows, and whether there
  /// are more.
  private record Beginning(Sheet sheet, SheetRows.Parsed first, int widest, boolean more) {}

  private Beginning beginning(XlsxPackage workbook, @Nullable String chosen) {
    Beginning single = null;
    for (Sheet candidate : workbook.sheets()) {
      if (chosen == null ? candidate.visible() : candidate.name().equals(chosen)) {
        Beginning beginning = beginning(workbook, candidate);
        if (beginning != null && beginning.more) {
          return beginning;
        }
        single = single == null ? beginning : single;
      }
    }
    if (single != null) {
      return single;
    }
    if (chosen != null) {
      throw new TabularException(
          Code.EMPTY_FILE,
          "the workbook has no sheet \"%s\" with content; it has %s"
              .formatted(chosen, workbook.sheets().stream().map(Sheet::name).toList()));
    }
    throw new TabularException(
        Code.EMPTY_FILE,
        "no visible sheet of the workbook has content; send one with a header and at least one"
            + " row");
  }

  private @Nullable Beginning beginning(XlsxPackage workbook, Sheet candidate) {
    try (SheetRows rows = rows(workbook, candidate)) {
      SheetRows.Parsed first = rows.next();
      if (first == null) {
        return null;
      }
      int widest = first.cells().size();
      int seen = 1;
      boolean more = false;
      for (SheetRows.Parsed row = rows.next();
          row != null && seen < SAMPLE_ROWS;
          row = rows.next()) {
        widest = Math.max(widest, row.cells().size());
        more = true;
        seen++;
      }
      return new Beginning(candidate, first, widest, more);
    }
  }

  private List<String> header(Beginning beginning) {
    if (headerMode == HeaderMode.NONE) {
      Header.requireWidth(beginning.widest, beginning.first.line(), limits);
      return Header.numbered(Math.max(1, beginning.widest));
    }
    if (beginning.first.fault() != null) {
      throw new TabularException(
          Code.NO_HEADER,
          beginning.first.line(),
          "the header cannot be read: " + beginning.first.fault());
    }
    return Header.checked(beginning.first.cells(), beginning.first.line(), limits);
  }

  private record Sample(List<List<String>> rows, List<Long> lines, @Nullable Long estimatedRows) {}

  private Sample sample(XlsxPackage workbook, boolean mayBeEmpty) {
    List<List<String>> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (RowReader reader = reader(workbook)) {
      long seen = 0;
      Row row = reader.next();
      for (long chars = 0; row != null && seen < SAMPLE_ROWS && chars < SAMPLE_CHARS; ) {
        seen++;
        if (row instanceof Row.Cells cells) {
          rows.add(cells.values());
          lines.add(cells.line());
          chars += cells.chars();
        }
        row = reader.next();
      }
      if (seen == 0 && !mayBeEmpty) {
        throw Header.noRows();
      }
      long estimate = row == null ? seen : seen * size / Math.max(1, reader.bytesRead());
      return new Sample(rows, lines, estimate);
    }
  }
}
