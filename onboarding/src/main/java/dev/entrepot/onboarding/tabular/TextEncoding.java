package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The encoding of a text file.
///
/// A byte order mark decides. Without one the whole file is looked at: text that is UTF-8
/// throughout is UTF-8; text in which nothing, or next to nothing, forms UTF-8 is Windows-1252,
/// unless its letters stand as those of another script do, which is refused. Text that is UTF-8 in
/// most places is UTF-8, and the rows with other bytes are unreadable, never guessed.
///
/// @param charset the encoding
/// @param markBytes the length of the byte order mark, 0 without
/// @param contentBytes the size of the whole content, 0 where it was not looked at
record TextEncoding(Charset charset, int markBytes, long contentBytes) {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int FOREIGN_SHARE = 10;

  /// @param head the beginning of the content
  /// @param scanAlways whether the whole content is to be read in any case, to learn its size and
  ///   that it is whole
  static TextEncoding of(byte[] head, boolean scanAlways, Supplier<FileBytes> content) {
    TextEncoding marked = marked(head);
    if (marked != null && !scanAlways) {
      return marked;
    }
    TextScan.Found found = scan(content);
    return marked == null
        ? new TextEncoding(decide(found), 0, found.bytes())
        : new TextEncoding(marked.charset, marked.markBytes, found.bytes());
  }

  private static @Nullable TextEncoding marked(byte[] head) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return new TextEncoding(StandardCharsets.UTF_8, 3, 0);
    }
    if (startsWith(head, 0xFF, 0xFE, 0, 0) || startsWith(head, 0, 0, 0xFE, 0xFF)) {
      throw new TabularException(
          Code.BAD_ENCODING, "the file is in UTF-32, which is not read; save it as UTF-8");
    }
    if (startsWith(head, 0xFF, 0xFE)) {
      return new TextEncoding(StandardCharsets.UTF_16LE, 2, 0);
    }
    if (startsWith(head, 0xFE, 0xFF)) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 2, 0);
    }
    return null;
  }

  private static boolean startsWith(byte[] head, int... start) {
    if (head.length < start.length) {
      return false;
    }
    for (int place = 0; place < start.length; place++) {
      if ((head[place] & 0xFF) != start[place]) {
        return false;
      }
    }
    return true;
  }

  private static TextScan.Found scan(Supplier<FileBytes> content) {
    try (FileBytes bytes = content.get()) {
      return TextScan.of(bytes);
    }
  }

  private static Charset decide(TextScan.Found found) {
    boolean foreign =
        found.malformed() > 0 && found.malformed() / FOREIGN_SHARE >= found.multibyte();
    if (foreign && found.otherScript()) {
      throw new TabularException(
          Code.BAD_ENCODING,
          "the file is neither UTF-8 nor Windows-1252, but in the encoding of another script,"
              + " perhaps windows-1251 (Cyrillic); save it as UTF-8, in Excel as \"CSV UTF-8\", and"
              + " send it again");
    }
    return foreign ? WINDOWS_1252 : StandardCharsets.UTF_8;
  }

  boolean byteOrderMark() {
    return markBytes > 0;
  }

  /// Text of the beginning of the file, for looking at only: what is malformed is replaced.
  String decode(byte[] head) {
    return new String(head, markBytes, head.length - markBytes, charset);
  }

  void skipMark(InputStream in) {
    try {
      in.skipNBytes(markBytes);
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read: " + failed.getMessage(), failed);
    }
  }
}
