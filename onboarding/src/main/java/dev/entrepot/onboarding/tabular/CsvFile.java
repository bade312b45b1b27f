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

/// A CSV file, plain or gzip, and how to read it.
final class CsvFile implements Source {
  private static final int HEAD_BYTES = 1 << 18;
  private static final int SAMPLE_ROWS = 50;

  private final Path file;
  private final long size;
  private final Limits limits;
  private final Choices choices;
  private final Compression compression;
  private final TextEncoding encoding;
  private final char delimiter;
  private final boolean directive;
  private final int columns;
  private final Layout layout;

  private CsvFile(
      Path file,
      String fileName,
      long size,
      Limits limits,
      Choices choices,
      Compression compression) {
    this.file = file;
    this.size = size;
    this.limits = limits;
    this.choices = choices;
    this.compression = compression;
    byte[] head = head();
    BinaryFiles.refuse(head);
    this.encoding =
        TextEncoding.of(
            head,
            choices.charset(),
            compression == Compression.GZIP,
            () -> FileBytes.open(file, compression, limits));
    String text = encoding.decode(head);
    boolean complete = head.length < HEAD_BYTES;
    if (complete && text.isBlank()) {
      throw new TabularException(
          Code.EMPTY_FILE,
          size == 0
              ? "the file is empty; send one with a header and at least one row"
              : "the file holds nothing but blank space; send one with a header and at least one row");
    }
    Character named = DelimiterSniffer.directive(text);
    this.directive = named != null;
    Character chosen = choices.delimiter() != null ? choices.delimiter() : named;
    this.delimiter = chosen != null ? chosen : DelimiterSniffer.sniff(text, complete);
    List<Integer> counts = DelimiterSniffer.fieldCounts(text, complete, delimiter);
    long headerLine = 0;
    List<String> header;
    if (choices.header() == HeaderMode.FIRST_ROW) {
      Parsed first = readHeader();
      headerLine = first.line();
      header = Header.checked(first.cells(), headerLine, limits);
    } else {
      int widest = counts.stream().mapToInt(Integer::intValue).max().orElse(1);
      Header.requireWidth(widest, 1, limits);
      header = Header.numbered(widest);
    }
    this.columns = header.size();
    this.layout =
        new Layout(
            fileName,
            Format.CSV,
            compression,
            encoding.charset(),
            encoding.byteOrderMark(),
            delimiter,
            lineEnding(text),
            null,
            List.of(),
            header,
            headerLine,
            sample(),
            estimatedRows(head.length, complete, counts.size()),
            ReportHeader.recognises(header));
  }

  static CsvFile inspect(
      Path file,
      String fileName,
      long size,
      Limits limits,
      Choices choices,
      Compression compression) {
    return new CsvFile(file, fileName, size, limits, choices, compression);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public RowReader open() {
    FileBytes bytes = FileBytes.open(file, compression, limits);
    try {
      CsvRecords records = records(bytes);
      Parsed first = null;
      if (choices.header() == HeaderMode.FIRST_ROW) {
        header(records);
      }
      return new CsvRowReader(bytes, records, columns, size, limits.maxRows(), first);
    } catch (RuntimeException failed) {
      bytes.close();
      throw failed;
    }
  }

  private CsvRecords records(FileBytes bytes) {
    encoding.skipMark(bytes);
    CharFeed feed = new CharFeed(bytes, encoding.charset(), limits.maxRowChars());
    CsvRecords records = new CsvRecords(feed, delimiter, choices.quotes(), limits);
    if (directive) {
      records.next();
    }
    return records;
  }

  private Parsed readHeader() {
    try (FileBytes bytes = FileBytes.open(file, compression, limits);
        CsvRecords records = records(bytes)) {
      return header(records);
    }
  }

  /// Reads up to and with the first row that is not blank.
  private Parsed header(CsvRecords records) {
    Parsed first = records.next();
    while (first != null && first.blank()) {
      first = records.next();
    }
    if (first == null) {
      throw new TabularException(
          Code.EMPTY_FILE,
          "the file holds nothing but blank lines; send one with a header and at least one row");
    }
    if (first.tooWide()) {
      throw Header.tooWide(
          "more than %,d".formatted(2 * limits.maxColumns()), first.line(), limits);
    }
    if (first.fault() != null) {
      throw new TabularException(
          Code.NO_HEADER, first.line(), "the header cannot be read: " + first.fault());
    }
    return first;
  }

  private List<List<String>> sample() {
    List<List<String>> rows = new ArrayList<>();
    try (RowReader reader = open()) {
      int seen = 0;
      for (Row row = reader.next(); row != null; row = seen < SAMPLE_ROWS ? reader.next() : null) {
        seen++;
        if (row instanceof Row.Cells cells) {
          rows.add(cells.values());
        }
      }
      if (seen == 0) {
        throw new TabularException(
            Code.NO_ROWS, "the file has a header but no rows below it; add at least one row");
      }
    }
    return rows;
  }

  private @Nullable Long estimatedRows(int headBytes, boolean complete, int records) {
    int header = choices.header() == HeaderMode.FIRST_ROW ? 1 : 0;
    long content = encoding.contentBytes() > 0 ? encoding.contentBytes() : size;
    if (complete) {
      return (long) records - header;
    }
    if (records < 2) {
      return null;
    }
    return content * records / headBytes - header;
  }

  private byte[] head() {
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
