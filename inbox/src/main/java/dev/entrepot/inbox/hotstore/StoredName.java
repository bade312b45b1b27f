package dev.entrepot.inbox.hotstore;

import dev.entrepot.storage.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names that others gave, in the form in which they can be stored and indexed: short, and without
/// characters that no database takes. Names that are so already stay as they are.
final class StoredName {
  /// In characters; a name of that length fits several times into an entry of an index.
  private static final int LONGEST = 255;

  private static final int KEPT = LONGEST - 1 - 64;

  private StoredName() {}

  static String of(String name) {
    String storable = StorableText.repair(name).replace(LookupText.SEPARATOR, '\uFFFD');
    if (storable.length() <= LONGEST) {
      return storable;
    }
    return StorableText.repair(storable.substring(0, KEPT)) + '~' + digest(storable);
  }

  private static String digest(String name) {
    return HexFormat.of().formatHex(sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
