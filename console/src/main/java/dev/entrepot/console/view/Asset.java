package dev.entrepot.console.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// A file the browser loads: its bytes, plain and gzipped, and what they are. Unchanging; the
/// arrays are handed out as they are and must not be written to.
public final class Asset {
  private final String contentType;
  private final byte[] plain;
  private final byte[] gzipped;

  Asset(String contentType, byte[] plain) {
    this.contentType = contentType;
    this.plain = plain;
    this.gzipped = gzip(plain);
  }

  /// The value of `Content-Type`.
  public String contentType() {
    return contentType;
  }

  /// The bytes as they are.
  public byte[] plain() {
    return plain;
  }

  /// The bytes for a client that accepts `Content-Encoding: gzip`.
  public byte[] gzipped() {
    return gzipped;
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip into memory failed", e);
    }
    return bytes.toByteArray();
  }
}
