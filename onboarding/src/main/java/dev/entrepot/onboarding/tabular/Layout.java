package dev.entrepot.onboarding.tabular;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a file is laid out, as far as its beginning (and, for the encoding, the whole of it) tells.
///
/// @param fileName the name the sender gave the file
/// @param format CSV or XLSX
/// @param compression how the file is packed as a whole; XLSX counts as not packed
/// @param charset the encoding of a CSV file, null for XLSX
/// @param byteOrderMark whether the text begins with a byte order mark
/// @param delimiter what separates the values of a CSV file, null for XLSX
/// @param lineEnding what ends the first line of a CSV file, null for XLSX or a single line
/// @param sheet the sheet that is read, null for CSV
/// @param sheets the visible sheets of a workbook, empty for CSV
/// @param header the names of the columns, verbatim
/// @param headerLine the line on which the header stands, from 1; 0 without a header
/// @param sample the first readable rows, at most 50, and fewer where rows are very long
/// @param sampleLines where each of them stands, see [Row#line()]
/// @param estimatedRows about how many data rows there are, by size; null where nothing tells
/// @param errorReport whether this is one of Entrepot's error reports, sent again
public record Layout(
    String fileName,
    Format format,
    Compression compression,
    @Nullable Charset charset,
    boolean byteOrderMark,
    @Nullable Character delimiter,
    @Nullable LineEnding lineEnding,
    @Nullable Sheet sheet,
    List<Sheet> sheets,
    List<String> header,
    long headerLine,
    List<List<String>> sample,
    List<Long> sampleLines,
    @Nullable Long estimatedRows,
    boolean errorReport) {
  /// A sheet of a workbook.
  ///
  /// @param number its place among the worksheets, hidden ones counted, from 1: it tells sheets of
  ///   one name apart
  public record Sheet(int number, String name) {}

  /// The formats that are read.
  public enum Format {
    CSV,
    XLSX
  }

  /// How a file is packed.
  public enum Compression {
    NONE,
    GZIP
  }

  /// What ends a line.
  public enum LineEnding {
    LF("\n"),
    CRLF("\r\n"),
    CR("\r");

    private final String text;

    LineEnding(String text) {
      this.text = text;
    }

    /// The characters themselves.
    public String text() {
      return text;
    }
  }

  public Layout {
    sheets = List.copyOf(sheets);
    header = List.copyOf(header);
    sample = List.copyOf(sample);
    sampleLines = List.copyOf(sampleLines);
  }
}
