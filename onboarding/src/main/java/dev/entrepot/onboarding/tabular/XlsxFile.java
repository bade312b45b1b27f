package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.Layout.Compression;
import dev.entrepot.onboarding.tabular.Layout.Format;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import dev.entrepot.onboarding.tabular.XlsxPackage.Sheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workbook and the sheet of it that is read. Looking at it reads the first rows of sheets only,
/// and its shared texts once.
final class XlsxFile implements Source {
  private static final int SAMPLE_ROWS = 50;
  private static final long SAMPLE_CHARS = 1 << 20;

  /// So much of a sheet, unpacked, is looked at.
  private static final long LOOK_BYTES = 16 << 20;

  private final Path file;
  private final long size;
  private final Limits limits;
  private final HeaderMode headerMode;
  private final char decimal;
  private final SharedTexts texts;
  private final Sheet sheet;
  private final int columns;
  private final Layout layout;
  private volatile boolean verified;

  private XlsxFile(
      Path file,
      String fileName,
      long size,
      Limits limits,
      Choices choices,
      @Nullable SharedTexts texts) {
    this.file = file;
    this.size = size;
    this.limits = limits;
    this.headerMode = choices.header();
    this.decimal = choices.decimal();
    try (XlsxPackage workbook = XlsxPackage.open(file, size, limits, texts)) {
      this.texts = workbook.sharedTexts();
      Beginning beginning = beginning(workbook, choices.sheet());
      this.sheet = beginning.sheet;
      List<String> header = header(beginning);
      this.columns = header.size();
      Sample sample = sample(beginning, choices.sheet() != null);
      this.layout =
          new Layout(
              fileName,
              Format.XLSX,
              Compression.NONE,
              null,
              false,
              null,
              null,
              sheet.named(),
              workbook.sheets().stream().filter(Sheet::visible).map(Sheet::named).toList(),
              header,
              headerMode == HeaderMode.FIRST_ROW ? beginning.first().line() : 0,
              sample.rows,
              sample.lines,
              sample.estimatedRows,
              ReportHeader.recognises(header));
    }
  }

  static XlsxFile inspect(Path file, String fileName, long size, Limits limits, Choices choices) {
    return new XlsxFile(file, fileName, size, limits, choices, null);
  }

  /// The same workbook, looked at otherwise.
  XlsxFile with(Choices choices) {
    return new XlsxFile(file, layout.fileName(), size, limits, choices, texts);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public RowReader open() {
    XlsxPackage workbook = XlsxPackage.open(file, size, limits, texts);
    try {
      if (!verified) {
        workbook.verify(sheet.part());
        verified = true;
      }
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

  /// The first rows of a sheet, the header among them.
  ///
  /// @param share how much of the sheet they are; 1: there are no more
  private record Beginning(Sheet sheet, List<SheetRows.Parsed> rows, double share) {
    SheetRows.Parsed first() {
      return rows.getFirst();
    }

    int widest() {
      return rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    }

    boolean more() {
      return rows.size() > 1 || share < 1;
    }
  }

  private Beginning beginning(XlsxPackage workbook, @Nullable Integer chosen) {
    Beginning single = null;
    for (Sheet candidate : workbook.sheets()) {
      if (chosen == null ? candidate.visible() : candidate.number() == chosen) {
        Beginning beginning = beginning(workbook, candidate);
        if (beginning != null && beginning.more()) {
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
          "the workbook has no sheet %d with content; it has %s"
              .formatted(chosen, workbook.sheets().stream().map(Sheet::name).toList()));
    }
    throw new TabularException(
        Code.EMPTY_FILE,
        "no visible sheet of the workbook has content; send one with a header and at least one"
            + " row");
  }

  /// @return null: nothing stands on the sheet
  private @Nullable Beginning beginning(XlsxPackage workbook, Sheet candidate) {
    try (SheetRows rows = rows(workbook, candidate)) {
      SheetRows.Parsed first = rows.next(LOOK_BYTES);
      if (first == null) {
        return null;
      }
      List<SheetRows.Parsed> found = new ArrayList<>(List.of(first));
      long chars = 0;
      SheetRows.Parsed row = rows.next(LOOK_BYTES);
      while (row != null && found.size() <= SAMPLE_ROWS && chars < SAMPLE_CHARS) {
        if (row.fault() != null || !row.cells().blank()) {
          found.add(row);
          chars += row.cells().stream().mapToLong(String::length).sum();
        }
        row = rows.next(LOOK_BYTES);
      }
      double share = (double) rows.bytesRead() / workbook.size(candidate.part());
      return new Beginning(candidate, found, rows.ended() ? 1 : Math.min(share, 0.99));
    }
  }

  private List<String> header(Beginning beginning) {
    SheetRows.Parsed first = beginning.first();
    if (headerMode == HeaderMode.NONE) {
      Header.requireWidth(beginning.widest(), first.line(), limits);
      return Header.numbered(Math.max(1, beginning.widest()));
    }
    if (first.fault() != null) {
      throw new TabularException(
          Code.NO_HEADER, first.line(), "the header cannot be read: " + first.fault());
    }
    return Header.checked(first.cells(), first.line(), limits);
  }

  private record Sample(List<List<String>> rows, List<Long> lines, long estimatedRows) {}

  private Sample sample(Beginning beginning, boolean mayBeEmpty) {
    List<List<String>> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    int headers = headerMode == HeaderMode.FIRST_ROW ? 1 : 0;
    List<SheetRows.Parsed> data =
        beginning.rows.subList(headers, Math.min(beginning.rows.size(), headers + SAMPLE_ROWS));
    for (SheetRows.Parsed parsed : data) {
      if (XlsxRowReader.row(1, parsed, columns) instanceof Row.Cells cells) {
        rows.add(cells.values());
        lines.add(cells.line());
      }
    }
    if (!beginning.more() && headers == 1 && !mayBeEmpty) {
      throw Header.noRows();
    }
    return new Sample(rows, lines, Math.max(data.size(), (long) (data.size() / beginning.share)));
  }
}
