package dev.entrepot.onboarding.tabular;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text of a file, handed to the CSV parser at most one physical line at a time. So the place
/// where a row ends is known exactly, and a row that turns out to be broken can be left behind and
/// reading resumed at any of its lines: the text since [#beginRow] is kept.
///
/// Bytes that are not of the encoding are never replaced in silence: the row that holds them knows.
final class CharFeed extends Reader {
  /// The row has more characters than allowed; it was probably opened by a stray quote.
  static final class RowTooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final int BYTES = 1 << 16;
  private static final int CHARS = 1 << 17;
  private static final int ROOM = 1 << 14;

  private final InputStream in;
  private final Charset charset;
  private final java.nio.charset.CharsetDecoder decoder;
  private final int maxRowChars;
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
  private char[] window = new char[CHARS];
  private int row;
  private int next;
  private int limit;
  private boolean inputEnded;
  private boolean ended;
  private long line = 1;
  private long rowLine = 1;
  private boolean quoteInRow;
  private boolean nulInRow;
  private final Malformed malformed = new Malformed();

  CharFeed(InputStream in, Charset charset, int maxRowChars) {
    this.in = in;
    this.charset = charset;
    this.maxRowChars = maxRowChars;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /// Says that everything handed out so far is done with; the next character begins a row.
  void beginRow() {
    row = next;
    rowLine = line;
    quoteInRow = false;
    nulInRow = false;
    malformed.forgetBefore(row);
  }

  /// The line on which the row begins.
  long rowLine() {
    return rowLine;
  }

  boolean quoteInRow() {
    return quoteInRow;
  }

  boolean nulInRow() {
    return nulInRow;
  }

  /// What the encoding could not make of a byte of the row, or null when all is well.
  @Nullable String malformedInRow() {
    int place = malformed.first(row, next);
    return place < 0
        ? null
        : String.format(
            Locale.ROOT,
            "line %,d holds the byte 0x%02X, which is not %s",
            rowLine + lineBreaks(row, place),
            malformed.valueAt(place),
            charset.name());
  }

  /// The text of the row as far as it was handed out.
  CharSequence rowText() {
    return CharBuffer.wrap(window, row, next - row);
  }

  /// Goes back so that the next row begins behind the given number of lines of this one. Lines that
  /// have not been read to their end yet are read over.
  ///
  /// @return the text of the lines left behind
  String leaveLines(int lines) throws IOException {
    int end = row;
    int left = lines;
    while (left > 0 && end < next) {
      end = behindLine(end);
      left--;
    }
    String raw = RawText.of(CharBuffer.wrap(window, row, end - row));
    if (end > row && isBreak(window[end - 1])) {
      line = rowLine + lineBreaks(row, end);
      next = end;
    } else {
      next = end;
      skipLine();
      line = rowLine + lines;
    }
    return raw;
  }

  private void skipLine() throws IOException {
    while (true) {
      row = next;
      if (!more()) {
        return;
      }
      while (next < limit) {
        char passed = window[next++];
        if (passed == '\n') {
          return;
        }
        if (passed == '\r') {
          row = next;
          if (more() && window[next] == '\n') {
            next++;
          }
          return;
        }
      }
    }
  }

  private int behindLine(int from) {
    for (int place = from; place < next; place++) {
      if (window[place] == '\n') {
        return place + 1;
      }
      if (window[place] == '\r') {
        return place + 1 < next && window[place + 1] == '\n' ? place + 2 : place + 1;
      }
    }
    return next;
  }

  private int lineBreaks(int from, int to) {
    int breaks = 0;
    for (int place = from; place < to; place++) {
      if (window[place] == '\n'
          ? place == from || window[place - 1] != '\r'
          : window[place] == '\r') {
        breaks++;
      }
    }
    return breaks;
  }

  private static boolean isBreak(char character) {
    return character == '\n' || character == '\r';
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (!more()) {
      return -1;
    }
    if (next - row >= maxRowChars) {
      throw new RowTooLong();
    }
    int count = lineLength(Math.min(length, limit - next));
    System.arraycopy(window, next, into, offset, count);
    next += count;
    return count;
  }

  /// How many of the next characters are of the same line, its end included. A line feed always
  /// goes out together with the carriage return before it.
  private int lineLength(int atMost) throws IOException {
    int place = next;
    int end = next + atMost;
    while (place < end) {
      char character = window[place++];
      if (character <= '"') {
        if (character == '\n') {
          line++;
          return place - next;
        } else if (character == '\r') {
          return throughCarriageReturn(place - next, atMost);
        } else if (character == '"') {
          quoteInRow = true;
        } else if (character == 0) {
          nulInRow = true;
        }
      }
    }
    return place - next;
  }

  private int throughCarriageReturn(int count, int atMost) throws IOException {
    while (next + count == limit && !ended) {
      load();
    }
    boolean lineFeedFollows = next + count < limit && window[next + count] == '\n';
    if (lineFeedFollows && count == atMost && count > 1) {
      return count - 1;
    }
    line++;
    return lineFeedFollows ? count + 1 : count;
  }

  /// Whether there is a character to hand out; reads on when all were.
  private boolean more() throws IOException {
    while (next == limit) {
      if (ended) {
        return false;
      }
      load();
    }
    return true;
  }

  private void load() throws IOException {
    makeRoom();
    decode();
  }

  private void makeRoom() {
    if (window.length - limit >= ROOM) {
      return;
    }
    if (row > 0) {
      System.arraycopy(window, row, window, 0, limit - row);
      malformed.shift(row);
      next -= row;
      limit -= row;
      row = 0;
    }
    if (window.length - limit < ROOM) {
      window = Arrays.copyOf(window, window.length * 2);
    }
  }

  private void decode() throws IOException {
    if (!inputEnded && bytes.remaining() < 8) {
      bytes.compact();
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (count < 0) {
        inputEnded = true;
      } else {
        bytes.position(bytes.position() + count);
      }
      bytes.flip();
    }
    CharBuffer out = CharBuffer.wrap(window, limit, window.length - limit);
    CoderResult result = decoder.decode(bytes, out, inputEnded);
    limit = out.position();
    if (result.isError()) {
      malformed.add(limit, bytes.get(bytes.position()) & 0xFF);
      bytes.position(bytes.position() + result.length());
      window[limit++] = '\uFFFD';
    } else if (inputEnded && result.isUnderflow()) {
      ended = true;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// The places in the window at which a byte could not be decoded, ascending.
  private static final class Malformed {
    private int[] places = new int[8];
    private byte[] values = new byte[8];
    private int first;
    private int count;

    void add(int place, int value) {
      if (count == places.length) {
        places = Arrays.copyOf(places, count * 2);
        values = Arrays.copyOf(values, count * 2);
      }
      places[count] = place;
      values[count++] = (byte) value;
    }

    int first(int from, int to) {
      return first < count && places[first] >= from && places[first] < to ? places[first] : -1;
    }

    int valueAt(int place) {
      return values[Arrays.binarySearch(places, first, count, place)] & 0xFF;
    }

    void forgetBefore(int place) {
      while (first < count && places[first] < place) {
        first++;
      }
    }

    void shift(int by) {
      int kept = 0;
      for (int index = first; index < count; index++) {
        places[kept] = places[index] - by;
        values[kept++] = values[index];
      }
      first = 0;
      count = kept;
    }
  }
}
