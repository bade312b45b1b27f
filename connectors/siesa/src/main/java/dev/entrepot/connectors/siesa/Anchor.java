package dev.entrepot.connectors.siesa;

import dev.entrepot.spi.record.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A row that was read, by which it is seen whether others have moved.
///
/// @param distance how far it was in front of the first unread one; at least 1
/// @param digest of all of its values
record Anchor(int distance, String digest) {
  private static final int BYTES = 6;

  static Anchor of(int distance, Fields row) {
    return new Anchor(distance, digest(row));
  }

  static Anchor read(String text) {
    int point = text.indexOf('.');
    if (point < 1) {
      throw new IllegalArgumentException("\"" + text + "\" is no row of Siesa's");
    }
    return new Anchor(Integer.parseInt(text.substring(0, point)), text.substring(point + 1));
  }

  String text() {
    return distance + "." + digest;
  }

  boolean is(Fields row) {
    return digest.equals(digest(row));
  }

  private static String digest(Fields row) {
    try {
      byte[] text = row.values().toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
