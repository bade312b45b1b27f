package dev.entrepot.inbox.log;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/// Headers and body of an event as the bytes of one column.
///
/// The first byte names the form. 0 is plain: the number of header names (two bytes), for each its
/// name, the number of its values (two bytes) and those, texts with their length (four bytes) in
/// UTF-8; then, to the end, the body. 1 is what follows the first byte of form 0 as one LZ4 block,
/// with its plain length (four bytes) before it. Compressed here, not by the server: many threads
/// pack at once while one writes, and fewer bytes go over the wire and into the write-ahead log.
///
/// 2 is an event whose headers and body were erased: the time of that in milliseconds since 1970
/// (eight bytes) is all that is left.
///
/// @param erasedAt null: it is as it came
record Payload(Headers headers, Body body, @Nullable Instant erasedAt) {
  /// The longest beginning of a packed payload that [Preface] needs.
  static final int PREFACE = 9;

  private static final int PLAIN = 0;
  private static final int LZ4 = 1;
  private static final int ERASED = 2;
  private static final int LZ4_HEADER = 5;

  /// Shorter ones gain nothing.
  private static final int SHORTEST_COMPRESSED = 200;

  /// What LZ4 can at most make of a byte; a length beyond it is damage, not to be made room for.
  private static final int HIGHEST_RATIO = 255;

  /// Neither native code nor Unsafe.
  private static final LZ4Factory FACTORY = LZ4Factory.safeInstance();

  Payload(Headers headers, Body body) {
    this(headers, body, null);
  }

  /// What is known of a payload by its beginning.
  ///
  /// @param bytes of headers and body together, as they came; 0: they were erased
  record Preface(int bytes, @Nullable Instant erasedAt) {

    /// @param beginning at least [#PREFACE] bytes, or all if there are fewer
    /// @param packed how long the packed payload is
    static Preface of(byte[] beginning, int packed) {
      return switch (beginning[0]) {
        case LZ4 -> new Preface(ByteBuffer.wrap(beginning).getInt(1), null);
        case ERASED -> new Preface(0, timeOf(beginning));
        default -> new Preface(packed - 1, null);
      };
    }
  }

  /// What is left of an event that was erased.
  static byte[] erased(Instant at) {
    return ByteBuffer.allocate(1 + Long.BYTES)
        .put((byte) ERASED)
        .putLong(at.toEpochMilli())
        .array();
  }

  private static Instant timeOf(byte[] packed) {
    if (packed.length < 1 + Long.BYTES) {
      throw new IllegalStateException(
          "the payload of an erased event is damaged: it has " + packed.length + " bytes");
    }
    return Instant.ofEpochMilli(ByteBuffer.wrap(packed).getLong(1));
  }

  byte[] pack() {
    byte[] plain = plain();
    int length = plain.length - 1;
    if (length < SHORTEST_COMPRESSED) {
      return plain;
    }
    // Given no room to grow: what does not shrink remains as it is.
    byte[] packed = new byte[plain.length];
    int compressed;
    try {
      compressed =
          FACTORY
              .fastCompressor()
              .compress(plain, 1, length, packed, LZ4_HEADER, packed.length - LZ4_HEADER);
    } catch (LZ4Exception e) {
      return plain;
    }
    ByteBuffer.wrap(packed).put((byte) LZ4).putInt(length);
    return Arrays.copyOf(packed, LZ4_HEADER + compressed);
  }

  private byte[] plain() {
    List<byte[]> texts = new ArrayList<>();
    int size = 1 + Short.BYTES + body.size();
    for (Map.Entry<String, List<String>> header : headers.values().entrySet()) {
      size += Short.BYTES + add(texts, header.getKey());
      for (String value : header.getValue()) {
        size += add(texts, value);
      }
    }
    ByteBuffer out = ByteBuffer.allocate(size).put((byte) PLAIN);
    out.putShort((short) headers.values().size());
    Iterator<byte[]> next = texts.iterator();
    for (List<String> values : headers.values().values()) {
      write(out, next.next());
      out.putShort((short) values.size());
      for (int i = 0; i < values.size(); i++) {
        write(out, next.next());
      }
    }
    return out.put(body.bytes()).array();
  }

  private static int add(List<byte[]> texts, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    texts.add(bytes);
    return Integer.BYTES + bytes.length;
  }

  private static void write(ByteBuffer out, byte[] text) {
    out.putInt(text.length).put(text);
  }

  /// @throws IllegalStateException when the bytes are none that [#pack] made
  static Payload unpack(byte[] packed) {
    int form = packed.length == 0 ? -1 : packed[0];
    return switch (form) {
      case PLAIN -> read(ByteBuffer.wrap(packed, 1, packed.length - 1));
      case LZ4 -> read(ByteBuffer.wrap(decompressed(packed)));
      case ERASED -> new Payload(Headers.NONE, Body.of(new byte[0]), timeOf(packed));
      default ->
          throw new IllegalStateException(
              "the payload of an event has form "
                  + form
                  + ", which this program does not know; start the newer program that wrote it");
    };
  }

  private static byte[] decompressed(byte[] packed) {
    try {
      int claimed = ByteBuffer.wrap(packed).getInt(1);
      if (claimed > (long) packed.length * HIGHEST_RATIO) {
        throw new IllegalStateException(
            "the payload of an event is damaged: "
                + packed.length
                + " bytes cannot hold "
                + claimed);
      }
      byte[] plain = new byte[claimed];
      int length =
          FACTORY
              .safeDecompressor()
              .decompress(packed, LZ4_HEADER, packed.length - LZ4_HEADER, plain, 0);
      if (length == plain.length) {
        return plain;
      }
      throw new IllegalStateException(
          "the payload of an event is damaged: " + length + " bytes of " + plain.length);
    } catch (LZ4Exception | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalStateException("the payload of an event is damaged", e);
    }
  }

  private static Payload read(ByteBuffer in) {
    try {
      Map<String, List<String>> headers = new TreeMap<>();
      for (int names = Short.toUnsignedInt(in.getShort()); names > 0; names--) {
        String name = text(in);
        int count = Short.toUnsignedInt(in.getShort());
        List<String> values = new ArrayList<>(Math.min(count, 4));
        for (int i = 0; i < count; i++) {
          values.add(text(in));
        }
        headers.put(name, values);
      }
      byte[] body = new byte[in.remaining()];
      in.get(body);
      return new Payload(new Headers(headers), Body.of(body));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalStateException("the payload of an event is damaged", e);
    }
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    int start = in.position();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(start + length);
    return new String(in.array(), in.arrayOffset() + start, length, StandardCharsets.UTF_8);
  }
}
