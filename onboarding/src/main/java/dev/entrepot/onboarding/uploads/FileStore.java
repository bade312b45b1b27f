package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.OnboardingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keeps files as they came, named by the SHA-256 of their bytes. A file is there wholly, flushed
/// to disk, or not at all. Safe for use by many threads and processes on one folder.
public final class FileStore {
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final long LOOK_EVERY_BYTES = 64L << 20;

  /// A file that is kept.
  ///
  /// @param hash SHA-256 in hex
  public record Kept(String hash, long bytes) {}

  private final Path folder;
  private final long reservedBytes;

  /// @param folder made when missing
  /// @param reservedBytes how much room must stay free on the disk for everything else
  public FileStore(Path folder, long reservedBytes) {
    this.folder = folder;
    this.reservedBytes = reservedBytes;
    try {
      Files.createDirectories(folder.resolve("incoming"));
    } catch (IOException e) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "the folder for files "
              + folder
              + " cannot be made: "
              + e.getMessage()
              + "; check its rights or choose another data folder",
          e);
    }
  }

  /// Reads a stream to its end. The bytes are on disk then, but not kept yet.
  ///
  /// @param mostBytes more than that is refused, and nothing is left of it
  /// @throws OnboardingException LIMIT_EXCEEDED or STORAGE_FULL
  /// @throws IOException when the stream breaks; nothing is left of it
  Received receive(InputStream bytes, long mostBytes) throws IOException {
    Path incoming = folder.resolve("incoming").resolve(UUID.randomUUID().toString());
    boolean complete = false;
    try {
      MessageDigest digest = sha256();
      long total = receive(bytes, mostBytes, incoming, digest);
      complete = true;
      return new Received(incoming, new Kept(HexFormat.of().formatHex(digest.digest()), total));
    } finally {
      if (!complete) {
        Files.deleteIfExists(incoming);
      }
    }
  }

  /// A file that has come in and waits for the word to keep it. Closing it before forgets it.
  final class Received implements AutoCloseable {
    private final Path incoming;
    private final Kept file;
    private boolean kept;

    private Received(Path incoming, Kept file) {
      this.incoming = incoming;
      this.file = file;
    }

    Kept file() {
      return file;
    }

    /// Gives the file its name, durably. Once is enough.
    ///
    /// @throws OnboardingException STORAGE_FULL
    void keep() {
      if (kept) {
        return;
      }
      Path target = path(file.hash());
      Path parent = parent(target);
      try {
        Files.createDirectories(parent);
        Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
        flushFolder(parent);
        flushFolder(folder);
      } catch (IOException e) {
        throw full(e);
      }
      kept = true;
    }

    @Override
    public void close() throws IOException {
      if (!kept) {
        Files.deleteIfExists(incoming);
      }
    }
  }

  private long receive(InputStream bytes, long mostBytes, Path incoming, MessageDigest digest)
      throws IOException {
    long total = 0;
    long nextLook = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel channel = create(incoming)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        total += read;
        requireSize(total, mostBytes);
        if (total >= nextLook) {
          requireRoom(0);
          nextLook = total + LOOK_EVERY_BYTES;
        }
        digest.update(buffer, 0, read);
        write(channel, ByteBuffer.wrap(buffer, 0, read));
      }
      flush(channel);
    }
    return total;
  }

  /// @throws OnboardingException LIMIT_EXCEEDED
  static void requireSize(long bytes, long mostBytes) {
    if (bytes > mostBytes) {
      throw new OnboardingException(
          OnboardingException.Code.LIMIT_EXCEEDED,
          "file",
          "the file is larger than the %,d bytes this vendor may send; split it, or ask for a higher limit"
              .formatted(mostBytes));
    }
  }

  /// Whether so many bytes more may come.
  ///
  /// @throws OnboardingException STORAGE_FULL
  void requireRoom(long bytes) {
    long usable;
    try {
      usable = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw full(e);
    }
    if (usable - bytes < reservedBytes) {
      throw full(null);
    }
  }

  private FileChannel create(Path incoming) {
    try {
      return FileChannel.open(incoming, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw full(e);
    }
  }

  private void write(FileChannel channel, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  private void flush(FileChannel channel) {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw full(e);
    }
  }

  private OnboardingException full(@Nullable IOException cause) {
    if (cause == null) {
      return new OnboardingException(
          OnboardingException.Code.STORAGE_FULL,
          "there is no room for the file on the server's disk; nothing was kept: free some space in "
              + folder
              + " and send it again");
    }
    return new OnboardingException(
        OnboardingException.Code.STORAGE_FULL,
        "the file cannot be written to the server's disk ("
            + cause.getMessage()
            + "); nothing was kept: see that "
            + folder
            + " has room and can be written to, then send it again",
        cause);
  }

  /// Where the file of a hash lies.
  Path path(String hash) {
    return folder.resolve(hash.substring(0, 2)).resolve(hash);
  }

  /// Writes a kept file out.
  void copy(String hash, OutputStream out) throws IOException {
    Files.copy(path(hash), out);
  }

  /// Where large temporary tables may lie.
  Path spillFolder() {
    return folder.resolve("incoming");
  }

  /// Removes what interrupted deliveries left behind. Call it when no other process uses the
  /// folder.
  public void sweep() throws IOException {
    try (var files = Files.list(folder.resolve("incoming"))) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException(path + " has no folder");
    }
    return parent;
  }

  private static void flushFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
