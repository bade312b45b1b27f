package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/// Writes the binary COPY format (<https://www.postgresql.org/docs/current/sql-copy.html>, "Binary
/// Format") through one buffer.
final class CopyBuffer {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int TEXT_OID = 25;
  private static final int JSONB_VERSION = 1;
  private static final int MOST_BYTES_PER_CHAR = 3;

  private final CopyIn copy;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;

  CopyBuffer(CopyIn copy) {
    this.copy = copy;
  }

  void header() {
    bytes(SIGNATURE);
    int4(0); // flags
    int4(0); // length of the header's extension
  }

  void trailer() {
    int2(-1);
    flush();
  }

  void int1(int value) {
    ensure(1);
    buffer[position++] = (byte) value;
  }

  void int2(int value) {
    ensure(2);
    buffer[position++] = (byte) (value >>> 8);
    buffer[position++] = (byte) value;
  }

  void int4(int value) {
    ensure(4);
    putInt(position, value);
    position += 4;
  }

  void int8(long value) {
    int4((int) (value >>> 32));
    int4((int) value);
  }

  void bytes(byte[] value) {
    if (value.length > buffer.length - position) {
      flush();
    }
    if (value.length > buffer.length) {
      write(value, value.length);
      return;
    }
    System.arraycopy(value, 0, buffer, position, value.length);
    position += value.length;
  }

  void text(CharSequence value, String column) {
    int most = value.length() * MOST_BYTES_PER_CHAR + 4;
    if (value.length() < buffer.length / MOST_BYTES_PER_CHAR - 4) {
      ensure(most);
      int start = position;
      position += 4;
      encode(value, 0, value.length(), column);
      putInt(start, position - start - 4);
    } else {
      int4(utf8Length(value, column));
      encodeLong(value, column);
    }
  }

  void jsonb(String value, String column) {
    int length = utf8Length(value, column);
    int4(Math.addExact(length, 1));
    int1(JSONB_VERSION);
    encodeLong(value, column);
  }

  /// One dimension, lower bound 1; PostgreSQL's empty array has no dimension.
  void textArray(List<? extends @Nullable String> values, String column) {
    long size = 12;
    boolean nulls = false;
    if (!values.isEmpty()) {
      size += 8;
      for (String value : values) {
        size += 4;
        if (value == null) {
          nulls = true;
        } else {
          size += utf8Length(value, column);
        }
      }
    }
    int4(sized(size, column));
    int4(values.isEmpty() ? 0 : 1);
    int4(nulls ? 1 : 0);
    int4(TEXT_OID);
    if (!values.isEmpty()) {
      int4(values.size());
      int4(1);
      for (String value : values) {
        if (value == null) {
          int4(-1);
        } else {
          text(value, column);
        }
      }
    }
  }

  private void encodeLong(CharSequence value, String column) {
    int step = buffer.length / MOST_BYTES_PER_CHAR - 4;
    int start = 0;
    while (start < value.length()) {
      int end = Math.min(value.length(), start + step);
      if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
        end--;
      }
      ensure((end - start) * MOST_BYTES_PER_CHAR);
      encode(value, start, end, column);
      start = end;
    }
  }

  /// Encodes as UTF-8; the room is there already.
  private void encode(CharSequence value, int start, int end, String column) {
    byte[] target = buffer;
    int at = position;
    int i = start;
    while (i < end) {
      char c = value.charAt(i++);
      if (c < 0x80) {
        if (c == 0) {
          throw refusal(value, i - 1, column);
        }
        target[at++] = (byte) c;
      } else if (c < 0x800) {
        target[at++] = (byte) (0xC0 | (c >>> 6));
        target[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        target[at++] = (byte) (0xE0 | (c >>> 12));
        target[at++] = (byte) (0x80 | ((c >>> 6) & 0x3F));
        target[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i < end
          && Character.isLowSurrogate(value.charAt(i))) {
        int codePoint = Character.toCodePoint(c, value.charAt(i++));
        target[at++] = (byte) (0xF0 | (codePoint >>> 18));
        target[at++] = (byte) (0x80 | ((codePoint >>> 12) & 0x3F));
        target[at++] = (byte) (0x80 | ((codePoint >>> 6) & 0x3F));
        target[at++] = (byte) (0x80 | (codePoint & 0x3F));
      } else {
        throw refusal(value, i - 1, column);
      }
    }
    position = at;
  }

  private static int utf8Length(CharSequence value, String column) {
    StorableText.require(value, "column \"" + column + "\"");
    long length = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      // A pair of surrogates makes four bytes, two for each half.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return sized(length, column);
  }

  private static int sized(long length, String column) {
    if (length > Integer.MAX_VALUE - 1) {
      throw new StorageException(
          Code.BAD_VALUE,
          "the value for column \"" + column + "\" is too long: " + length + " bytes");
    }
    return (int) length;
  }

  private static StorageException refusal(CharSequence value, int index, String column) {
    return StorableText.refusal(value.charAt(index), index, "column \"" + column + "\"");
  }

  private void putInt(int at, int value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
  }

  private void ensure(int bytes) {
    if (bytes > buffer.length - position) {
      flush();
    }
  }

  private void flush() {
    write(buffer, position);
    position = 0;
  }

  private void write(byte[] bytes, int length) {
    try {
      copy.writeToCopy(bytes, 0, length);
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }
}
