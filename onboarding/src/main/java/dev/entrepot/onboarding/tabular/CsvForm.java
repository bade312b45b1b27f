package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.CsvRecords.Parsed;
import dev.entrepot.onboarding.tabular.Layout.Compression;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.nio.file.Path;
import java.util.Locale;

/// Everything one has to know to read the records of a CSV file.
///
/// @param directive whether the first line is a `sep=` directive and no record
record CsvForm(
    Path file,
    long size,
    Limits limits,
    Compression compression,
    TextEncoding encoding,
    char delimiter,
    boolean directive,
    HeaderMode header) {
  /// The data rows, from the first.
  RowReader rows(int columns) {
    FileBytes bytes = FileBytes.open(file, compression, limits);
    try {
      CsvRecords records = records(bytes);
      if (header == HeaderMode.FIRST_ROW) {
        header(records);
      }
      return new CsvRowReader(bytes, records, columns, size, limits.maxRows());
    } catch (RuntimeException failed) {
      bytes.close();
      throw failed;
    }
  }

  /// The first row that is not blank, as the header.
  Parsed readHeader() {
    try (FileBytes bytes = FileBytes.open(file, compression, limits);
        CsvRecords records = records(bytes)) {
      return header(records);
    }
  }

  private CsvRecords records(FileBytes bytes) {
    encoding.skipMark(bytes);
    CharFeed feed = new CharFeed(bytes, encoding.charset(), limits.maxRowChars());
    CsvRecords records = new CsvRecords(feed, delimiter, limits);
    if (directive) {
      records.next();
    }
    return records;
  }

  private Parsed header(CsvRecords records) {
    Parsed first = records.next();
    while (first != null && first.blank()) {
      first = records.next();
    }
    if (first == null) {
      throw Header.nothing();
    }
    if (first.tooWide()) {
      throw Header.tooWide(
          String.format(Locale.ROOT, "more than %,d", 2 * limits.maxColumns()),
          first.line(),
          limits);
    }
    if (first.fault() != null) {
      throw new TabularException(
          Code.NO_HEADER, first.line(), "the header cannot be read: " + first.fault());
    }
    return first;
  }
}
