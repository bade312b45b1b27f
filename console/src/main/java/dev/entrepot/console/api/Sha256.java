package dev.entrepot.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, of texts and of streams while they pass.
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Sha256 text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    return this;
  }

  /// The same stream; what is read of it goes into the digest.
  InputStream through(InputStream stream) {
    return new DigestInputStream(stream, digest);
  }

  /// Reads a stream to its end.
  void all(InputStream stream) throws IOException {
    through(stream).transferTo(OutputStream.nullOutputStream());
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
