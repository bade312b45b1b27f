package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Tells text from what people send by mistake.
final class BinaryFiles {
  /// What else begins in a known way.
  private enum Known {
    PDF("%PDF-", "a PDF document; export the table behind it as CSV or XLSX"),
    PNG("\u0089PNG", "an image (PNG); send the table as CSV or XLSX"),
    JPEG("\u00FF\u00D8\u00FF", "an image (JPEG); send the table as CSV or XLSX"),
    GIF("GIF8", "an image (GIF); send the table as CSV or XLSX"),
    RAR("Rar!\u001A", "a RAR archive; unpack it, or pack the CSV with gzip"),
    SEVEN_ZIP("7z\u00BC\u00AF'\u001C", "a 7z archive; unpack it, or pack the CSV with gzip"),
    XZ("\u00FD7zXZ", "packed with xz; unpack it, or pack the CSV with gzip"),
    ZSTD("(\u00B5/\u00FD", "packed with zstd; unpack it, or pack the CSV with gzip"),
    BZIP2("BZh9", "packed with bzip2; unpack it, or pack the CSV with gzip"),
    ZIP("PK\u0003\u0004", "a ZIP archive inside gzip; send it without gzip"),
    EMPTY_ZIP("PK\u0005\u0006", "an empty ZIP archive; send the table itself"),
    GZIP("\u001F\u008B", "packed with gzip twice; unpack it once"),
    PARQUET("PAR1", "a Parquet file; export it as CSV");

    private final String start;
    private final String what;

    Known(String start, String what) {
      this.start = start;
      this.what = what;
    }
  }

  private static final int LOOKED_AT = 1 << 16;
  private static final int FEWEST_CONTROLS = 8;

  private BinaryFiles() {}

  /// @throws TabularException when these first bytes are not the beginning of a text table
  static void refuse(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1);
    for (Known known : Known.values()) {
      if (start.startsWith(known.start)) {
        throw notATable("the file is " + known.what);
      }
    }
    String text = start.replace("\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype")
        || text.startsWith("<html")
        || text.startsWith("<?xml")
        || text.startsWith("<table")) {
      throw notATable("the file is a web page or XML, not a table; save it as CSV or XLSX");
    }
    if (text.startsWith("{\"") || text.startsWith("[{") || text.startsWith("{\n")) {
      throw notATable("the file is JSON, not a table; save it as CSV or XLSX");
    }
    boolean utf16 = start.startsWith("\u00FF\u00FE") || start.startsWith("\u00FE\u00FF");
    if (!utf16) {
      refuseControls(head);
    }
  }

  private static void refuseControls(byte[] head) {
    int length = Math.min(head.length, LOOKED_AT);
    int zeros = 0;
    int controls = 0;
    for (int place = 0; place < length; place++) {
      byte value = head[place];
      zeros += value == 0 ? 1 : 0;
      boolean control =
          value >= 0 && value < ' ' && value != '\t' && value != '\n' && value != '\r';
      controls += control ? 1 : 0;
    }
    if (zeros * 3 > length && zeros * 5 < length * 3) {
      throw new TabularException(
          Code.BAD_ENCODING,
          "the file seems to be in UTF-16 without a byte order mark; save it as UTF-8");
    }
    if (controls >= FEWEST_CONTROLS && controls * 20 > length) {
      throw notATable("the file is not text and not a workbook; send the table as CSV or XLSX");
    }
  }

  private static TabularException notATable(String message) {
    return new TabularException(Code.NOT_A_TABLE, message);
  }
}
