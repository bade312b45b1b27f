package dev.entrepot.inbox.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// What stands for long texts in indexes. Taken of UTF-16 code units, not of UTF-8, so that texts
/// that differ in unpaired surrogates alone differ here, too.
final class Digests {

  private Digests() {}

  /// Of what tells one event from all others: the first half of a SHA-256.
  static UUID seen(String connection, String externalId) {
    // Names of connections hold no U+0000, so no two pairs run together.
    ByteBuffer digest = ByteBuffer.wrap(sha256(connection + '\0' + externalId));
    return new UUID(digest.getLong(), digest.getLong());
  }

  /// Of a key: the first eight bytes of its SHA-256.
  static long key(String key) {
    return ByteBuffer.wrap(sha256(key)).getLong();
  }

  private static byte[] sha256(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    bytes.asCharBuffer().put(text);
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
