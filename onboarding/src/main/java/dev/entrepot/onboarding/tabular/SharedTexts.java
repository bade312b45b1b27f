package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The texts that cells of a workbook refer to by number. Held in memory as UTF-8, within a bound.
final class SharedTexts {
  private static final int CHUNK = 1 << 20;
  private static final int ENTRY_COST = 8;

  private final List<byte[]> chunks = new ArrayList<>();
  private int[] ends = new int[64];
  private int count;
  private int length;

  private SharedTexts() {}

  static SharedTexts none() {
    return new SharedTexts();
  }

  /// @throws TabularException when there is more text than [Limits#maxSharedTextBytes]
  static SharedTexts read(XmlPart xml, Limits limits) {
    SharedTexts texts = new SharedTexts();
    long bound = Math.min(limits.maxSharedTextBytes(), Integer.MAX_VALUE - CHUNK);
    StringBuilder text = new StringBuilder();
    while (xml.find("si")) {
      text.setLength(0);
      if (!RichText.read(xml, "si", text, limits.maxCellChars())) {
        throw new TabularException(
            Code.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "a text of the workbook has more than %,d characters; shorten it",
                limits.maxCellChars()));
      }
      texts.add(SpreadsheetText.unescape(text.toString()).getBytes(StandardCharsets.UTF_8));
      if ((long) texts.length + (long) texts.count * ENTRY_COST > bound) {
        throw new TabularException(
            Code.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "the workbook holds more than %,d bytes of different texts, the most that is read from XLSX; save it as CSV",
                bound));
      }
    }
    return texts;
  }

  private void add(byte[] text) {
    int done = 0;
    while (done < text.length) {
      int offset = length % CHUNK;
      if (offset == 0) {
        chunks.add(new byte[CHUNK]);
      }
      int part = Math.min(CHUNK - offset, text.length - done);
      System.arraycopy(text, done, chunks.getLast(), offset, part);
      done += part;
      length += part;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = length;
  }

  /// The text of a number, or null when there is none.
  @Nullable String text(int index) {
    if (index < 0 || index >= count) {
      return null;
    }
    int from = index == 0 ? 0 : ends[index - 1];
    int to = ends[index];
    if (from == to) {
      return "";
    }
    if (from / CHUNK == (to - 1) / CHUNK) {
      return new String(chunks.get(from / CHUNK), from % CHUNK, to - from, StandardCharsets.UTF_8);
    }
    byte[] text = new byte[to - from];
    int done = 0;
    while (done < text.length) {
      int offset = (from + done) % CHUNK;
      int part = Math.min(CHUNK - offset, text.length - done);
      System.arraycopy(chunks.get((from + done) / CHUNK), offset, text, done, part);
      done += part;
    }
    return new String(text, StandardCharsets.UTF_8);
  }
}
