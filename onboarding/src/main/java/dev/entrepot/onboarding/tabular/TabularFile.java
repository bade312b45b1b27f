package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.Layout.Compression;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A file with a table in it: how it is laid out, and how to read it.
///
/// ```java
/// TabularFile file = TabularFile.inspect(path, "products.csv", Limits.ofSupplier());
/// try (RowReader rows = file.open()) {
///   for (Row row = rows.next(); row != null; row = rows.next()) {
///     switch (row) {
///       case Row.Cells cells -> ...
///       case Row.Unreadable unreadable -> ...
///     }
///   }
/// }
/// ```
///
/// The format is known by the content, never by the name. Immutable and safe for use by many
/// threads; each [RowReader] is for one. The file must not change meanwhile.
public final class TabularFile {
  private final Choices choices;
  private final Source source;

  private TabularFile(Choices choices, Source source) {
    this.choices = choices;
    this.source = source;
  }

  /// Looks at a file whose first row is its header.
  ///
  /// The encoding of a CSV file is decided over the whole of it, so this reads the file once. Of a
  /// workbook only the first rows are looked at: what is wrong further down is told by [#open] and
  /// its reader.
  ///
  /// @param fileName the name the sender gave it
  /// @throws TabularException when it cannot be read as a table with at least one row
  public static TabularFile inspect(Path file, String fileName, Limits limits) {
    return inspect(file, fileName, limits, HeaderMode.FIRST_ROW);
  }

  /// Looks at a file, with or without a header.
  ///
  /// @throws TabularException when it cannot be read as a table with at least one row
  public static TabularFile inspect(Path file, String fileName, Limits limits, HeaderMode header) {
    return inspect(file, fileName, limits, Choices.of(header));
  }

  private static TabularFile inspect(Path file, String fileName, Limits limits, Choices choices) {
    return new TabularFile(choices, source(file, fileName, limits, choices));
  }

  private static Source source(Path file, String fileName, Limits limits, Choices choices) {
    long size = size(file, limits);
    byte[] magic = magic(file);
    if (is(magic, 0x1F, 0x8B)) {
      return CsvFile.inspect(file, fileName, size, limits, choices, Compression.GZIP);
    }
    if (is(magic, 'P', 'K', 3, 4)) {
      return XlsxFile.inspect(file, fileName, size, limits, choices);
    }
    if (is(magic, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw OldWorkbook.refusal(file);
    }
    return CsvFile.inspect(file, fileName, size, limits, choices, Compression.NONE);
  }

  private static long size(Path file, Limits limits) {
    if (Files.isDirectory(file)) {
      throw new TabularException(Code.NOT_A_TABLE, "this is a folder; send the file that is in it");
    }
    try {
      long size = Files.size(file);
      if (size > limits.maxBytes()) {
        throw new TabularException(
            Code.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "the file has %,d bytes, at most %,d are allowed; send it in parts",
                size,
                limits.maxBytes()));
      }
      return size;
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read from disk: " + failed.getMessage(), failed);
    }
  }

  private static byte[] magic(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(8);
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read from disk: " + failed.getMessage(), failed);
    }
  }

  private static boolean is(byte[] magic, int... start) {
    for (int place = 0; place < start.length; place++) {
      if (place >= magic.length || (magic[place] & 0xFF) != start[place]) {
        return false;
      }
    }
    return true;
  }

  /// How the file is laid out.
  public Layout layout() {
    return source.layout();
  }

  /// Begins a pass over the data rows, from the first. May be called any number of times.
  ///
  /// @throws TabularException when the file can no longer be read, or its sheet is damaged
  public RowReader open() {
    return source.open();
  }

  /// The same workbook with another sheet read, which may have no rows below its header; nothing
  /// changes for CSV.
  ///
  /// @param sheet its number, see [Layout.Sheet]
  /// @throws TabularException when there is no such sheet with content
  public TabularFile withSheet(int sheet) {
    return with(new Choices(choices.header(), sheet, choices.decimal()));
  }

  /// The same workbook with the numbers of its number cells written with a decimal comma, as its
  /// texts are; nothing changes for CSV.
  public TabularFile withDecimalCommas() {
    return with(new Choices(choices.header(), choices.sheet(), ','));
  }

  private TabularFile with(Choices other) {
    return switch (source) {
      case CsvFile _ -> this;
      case XlsxFile workbook -> new TabularFile(other, workbook.with(other));
    };
  }
}
