package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.Layout.Compression;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of a file, unpacked, with the place in the packed file and the guards of [Limits].
/// What goes wrong below becomes a [TabularException].
final class FileBytes extends InputStream {
  private static final int GZIP_BUFFER = 1 << 16;

  private final Counting packed;
  private final InputStream content;
  private final Compression compression;
  private final Expansion expansion;

  private FileBytes(
      Counting packed, InputStream content, Compression compression, Expansion expansion) {
    this.packed = packed;
    this.content = content;
    this.compression = compression;
    this.expansion = expansion;
  }

  static FileBytes open(Path file, Compression compression, Limits limits) {
    try {
      Counting packed = new Counting(Files.newInputStream(file));
      try {
        InputStream content =
            switch (compression) {
              case NONE -> packed;
              case GZIP -> new GZIPInputStream(packed, GZIP_BUFFER);
            };
        return new FileBytes(packed, content, compression, new Expansion(limits, "the file"));
      } catch (IOException failed) {
        packed.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw fault(compression, failed);
    }
  }

  /// Whether the content is the file itself, not unpacked from it.
  boolean isPlain() {
    return compression == Compression.NONE;
  }

  /// Bytes taken from the file on disk so far.
  long packedBytes() {
    return packed.count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    try {
      int count = content.read(into, offset, length);
      if (count > 0 && compression != Compression.NONE) {
        expansion.add(count, packed.count);
      }
      return count;
    } catch (IOException failed) {
      throw fault(compression, failed);
    }
  }

  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException failed) {
      throw fault(compression, failed);
    }
  }

  private static TabularException fault(Compression compression, IOException failed) {
    if (compression == Compression.GZIP && failed instanceof EOFException) {
      return new TabularException(
          Code.CUT_SHORT,
          "the end of the gzip file is missing; it was cut while it was copied or sent: send it again",
          failed);
    }
    if (compression == Compression.GZIP && failed instanceof ZipException) {
      return new TabularException(
          Code.UNREADABLE,
          "the gzip file is damaged (" + failed.getMessage() + "); pack and send it again",
          failed);
    }
    return new TabularException(
        Code.UNREADABLE, "the file cannot be read from disk: " + failed.getMessage(), failed);
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        count++;
      }
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        count += read;
      }
      return read;
    }
  }
}
