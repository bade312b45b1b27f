package dev.entrepot.onboarding.tabular;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// One fast look at every byte of a file: is it UTF-8 throughout, and if not, may it be Western?
final class TextScan {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int CHUNK = 1 << 18;

  /// What was found.
  ///
  /// @param bytes the size of the content, unpacked
  /// @param multibyte well-formed UTF-8 sequences of more than one byte
  /// @param malformed places that are not UTF-8
  /// @param otherScript whether most letters beyond ASCII stand next to each other, as those of
  ///   Cyrillic, Greek, Hebrew or Arabic words do in their own encodings, and those of Western
  ///   words in Windows-1252 do not, and whether they are more than a few of the whole
  record Found(long bytes, long multibyte, long malformed, boolean otherScript) {}

  /// The least bytes of a word that is not Western; `ÄÖÜß` are four, too.
  private static final int WORD = 4;

  /// So many such words are no list of letters in one cell, which is all that a small file may
  /// have.
  private static final int WORDS = 2;

  /// So many different bytes in such words are in no Western text.
  private static final int LETTERS = 8;

  /// One byte of this many at least is in such words where they are the text's own; what are fewer
  /// may be a list of letters, or a name.
  private static final int BYTES_FOR_EACH = 100;

  /// From here on bytes are letters, whatever the encoding; signs may stand next to each other.
  private static final int FIRST_LETTER = 0xC0;

  private long bytes;
  private long multibyte;
  private long malformed;
  private int missing;
  private int lowest;
  private int highest;
  private long letters;
  private long words;
  private long lettersOfWords;
  private int run;
  private final int[] last = new int[WORD];
  private final long[] seen = new long[4];

  private TextScan() {}

  /// Reads the stream to its end.
  static Found of(InputStream in) {
    TextScan scan = new TextScan();
    byte[] chunk = new byte[CHUNK];
    try {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        scan.accept(chunk, count);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (scan.missing > 0) {
      scan.malformed++;
    }
    scan.endWord();
    return new Found(scan.bytes, scan.multibyte, scan.malformed, scan.otherScript());
  }

  private void accept(byte[] chunk, int count) {
    bytes += count;
    int position = 0;
    while (position < count) {
      if (missing == 0) {
        int next = skipAscii(chunk, position, count);
        if (next > position) {
          endWord();
        }
        if (next == count) {
          return;
        }
        position = next + 1;
        look(chunk[next] & 0xFF);
        begin(chunk[next] & 0xFF);
      } else if (proceed(chunk[position] & 0xFF)) {
        look(chunk[position] & 0xFF);
        position++;
      }
    }
  }

  /// Counts a byte that is not ASCII, once.
  private void look(int value) {
    if (value < FIRST_LETTER) {
      endWord();
      return;
    }
    letters++;
    run++;
    last[run & (WORD - 1)] = value;
    if (run == WORD) {
      words++;
      lettersOfWords += WORD;
      for (int letter : last) {
        seen[letter >> 6] |= 1L << letter;
      }
    } else if (run > WORD) {
      lettersOfWords++;
      seen[value >> 6] |= 1L << value;
    }
  }

  private void endWord() {
    run = 0;
  }

  private boolean otherScript() {
    int different = 0;
    for (long bits : seen) {
      different += Long.bitCount(bits);
    }
    return different >= LETTERS
        && words >= WORDS
        && lettersOfWords * 3 >= letters * 2
        && lettersOfWords * BYTES_FOR_EACH >= bytes;
  }

  private static int skipAscii(byte[] chunk, int from, int to) {
    int position = from;
    while (position + Long.BYTES <= to
        && ((long) EIGHT_BYTES.get(chunk, position) & HIGH_BITS) == 0) {
      position += Long.BYTES;
    }
    while (position < to && chunk[position] >= 0) {
      position++;
    }
    return position;
  }

  private void begin(int first) {
    lowest = 0x80;
    highest = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
      missing = 1;
    } else if (first >= 0xE0 && first <= 0xEF) {
      missing = 2;
      lowest = first == 0xE0 ? 0xA0 : 0x80;
      highest = first == 0xED ? 0x9F : 0xBF;
    } else if (first >= 0xF0 && first <= 0xF4) {
      missing = 3;
      lowest = first == 0xF0 ? 0x90 : 0x80;
      highest = first == 0xF4 ? 0x8F : 0xBF;
    } else {
      malformed++;
    }
  }

  /// Whether the byte belonged to the sequence; if not, it is looked at again as the first of one.
  private boolean proceed(int next) {
    if (next < lowest || next > highest) {
      malformed++;
      missing = 0;
      return false;
    }
    lowest = 0x80;
    highest = 0xBF;
    missing--;
    if (missing == 0) {
      multibyte++;
    }
    return true;
  }
}
