package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.CsvRecords.Parsed;
import dev.entrepot.onboarding.tabular.Layout.Compression;
import dev.entrepot.onboarding.tabular.Layout.Format;
import dev.entrepot.onboarding.tabular.Layout.LineEnding;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A CSV file, plain or gzip, that was looked at.
record CsvFile(CsvForm form, Layout layout) implements Source {
  private static final int HEAD_BYTES = 1 << 18;
  private static final int SAMPLE_ROWS = 50;
  private static final long SAMPLE_CHARS = 1 << 20;

  @Override
  public RowReader open() {
    return form.rows(layout.header().size());
  }

  static CsvFile inspect(
      Path file,
      String fileName,
      long size,
      Limits limits,
      Choices choices,
      Compression compression) {
    byte[] head = head(file, compression, limits);
    BinaryFiles.refuse(head);
    TextEncoding encoding =
        TextEncoding.of(
            head, compression == Compression.GZIP, () -> FileBytes.open(file, compression, limits));
    String text = encoding.decode(head);
    boolean complete = head.length < HEAD_BYTES;
    if (complete && (choices.header() == HeaderMode.NONE ? text.isEmpty() : text.isBlank())) {
      throw Header.nothing();
    }
    Character directive = DelimiterSniffer.directive(text);
    CsvForm form =
        new CsvForm(
            file,
            size,
            limits,
            compression,
            encoding,
            directive != null ? directive : DelimiterSniffer.sniff(text, complete),
            directive != null,
            choices.header());
    return new CsvFile(form, layout(form, fileName, text, head.length, complete));
  }

  private static Layout layout(
      CsvForm form, String fileName, String text, int headBytes, boolean complete) {
    Beginning beginning =
        beginning(form, DelimiterSniffer.fieldCounts(text, complete, form.delimiter()));
    return new Layout(
        fileName,
        Format.CSV,
        form.compression(),
        form.encoding().charset(),
        form.encoding().byteOrderMark(),
        form.delimiter(),
        lineEnding(text),
        null,
        List.of(),
        beginning.header,
        beginning.headerLine,
        beginning.sample,
        beginning.sampleLines,
        beginning.end ? beginning.rows : Math.max(beginning.rows, estimate(form, text, headBytes)),
        ReportHeader.recognises(beginning.header));
  }

  /// @param rows how many rows were read for the sample
  /// @param end whether there are no more
  private record Beginning(
      List<String> header,
      long headerLine,
      List<List<String>> sample,
      List<Long> sampleLines,
      long rows,
      boolean end) {}

  private static Beginning beginning(CsvForm form, List<Integer> widths) {
    long headerLine = 0;
    List<String> header;
    if (form.header() == HeaderMode.FIRST_ROW) {
      Parsed first = form.readHeader();
      headerLine = first.line();
      header = Header.checked(first.cells(), headerLine, form.limits());
    } else {
      int widest = widths.stream().mapToInt(Integer::intValue).max().orElse(1);
      Header.requireWidth(widest, 1, form.limits());
      header = Header.numbered(widest);
    }
    List<List<String>> sample = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (RowReader reader = form.rows(header.size())) {
      long rows = 0;
      Row row = reader.next();
      for (long chars = 0; row != null && rows < SAMPLE_ROWS && chars < SAMPLE_CHARS; ) {
        rows++;
        if (row instanceof Row.Cells cells) {
          sample.add(cells.values());
          lines.add(cells.line());
          chars += cells.chars();
        }
        row = reader.next();
      }
      if (rows == 0) {
        throw Header.noRows();
      }
      return new Beginning(header, headerLine, sample, lines, rows, row == null);
    }
  }

  /// About how many rows there are, from the length of the first ones.
  private static long estimate(CsvForm form, String text, int headBytes) {
    long content = Math.max(form.encoding().contentBytes(), form.size());
    int records = DelimiterSniffer.countRecords(text, form.delimiter());
    return Math.round((double) content / headBytes * records) - 1;
  }

  private static byte[] head(Path file, Compression compression, Limits limits) {
    try (InputStream bytes = FileBytes.open(file, compression, limits)) {
      return bytes.readNBytes(HEAD_BYTES);
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read: " + failed.getMessage(), failed);
    }
  }

  private static @Nullable LineEnding lineEnding(String text) {
    int feed = text.indexOf('\n');
    int carriage = text.indexOf('\r');
    if (carriage < 0) {
      return feed < 0 ? null : LineEnding.LF;
    }
    if (feed == carriage + 1) {
      return LineEnding.CRLF;
    }
    return feed >= 0 && feed < carriage ? LineEnding.LF : LineEnding.CR;
  }
}
