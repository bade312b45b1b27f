package dev.entrepot.inbox.log;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Headers and body of an event as the bytes of one column.
///
/// The first byte names the form; 0 is: the number of header names (two bytes), for each its name,
/// the number of its values (two bytes) and those, texts with their length (four bytes) in UTF-8;
/// then, to the end, the body.
record Payload(Headers headers, Body body) {
  private static final int PLAIN = 0;

  byte[] pack() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.size() + 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(PLAIN);
      out.writeShort(headers.values().size());
      for (Map.Entry<String, List<String>> header : headers.values().entrySet()) {
        write(out, header.getKey());
        out.writeShort(header.getValue().size());
        for (String value : header.getValue()) {
          write(out, value);
        }
      }
      out.write(body.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /// @throws IllegalStateException when the bytes are none that [#pack] made
  static Payload unpack(byte[] packed) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
      int form = in.readUnsignedByte();
      if (form != PLAIN) {
        throw new IllegalStateException(
            "the payload of an event has form "
                + form
                + ", which this program does not know; start the newer program that wrote it");
      }
      Map<String, List<String>> headers = new TreeMap<>();
      for (int names = in.readUnsignedShort(); names > 0; names--) {
        String name = read(in);
        List<String> values = new ArrayList<>();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
          values.add(read(in));
        }
        headers.put(name, values);
      }
      return new Payload(new Headers(headers), Body.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException("the payload of an event is damaged", e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
