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

  /// Reads a stream to its end and keeps its bytes.
  ///
  /// @param mostBytes more than that is refused, and nothing is kept
  /// @throws OnboardingException LIMIT_EXCEEDED or STORAGE_FULL
  /// @throws IOException when the stream breaks; nothing is kept
  Kept keep(InputStream bytes, long mostBytes) throws IOException {
    Path incoming = folder.resolve("incoming").resolve(UUID.randomUUID().toString());
    try {
      MessageDigest digest = sha256();
      long total = receive(bytes, mostBytes, incoming, digest);
      String hash = HexFormat.of().formatHex(digest.digest());
      Path target = path(hash);
      Files.createDirectories(parent(target));
      Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
      flushFolder(parent(target));
      return new Kept(hash, total);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private long receive(InputStream bytes, long mostBytes, Path incoming, MessageDigest digest)
      throws IOException {
    long total = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel channel =
        FileChannel.open(incoming, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        total += read;
        if (total > mostBytes) {
          throw new OnboardingException(
              OnboardingException.Code.LIMIT_EXCEEDED,
              "file",
              "the file is larger than the "
                  + mostBytes
                  + " bytes this vendor may send; split it, or ask for a higher limit");
        }
        digest.update(buffer, 0, read);
        write(channel, ByteBuffer.wrap(buffer, 0, read));
      }
      channel.force(true);
    }
    return total;
  }

  private void write(FileChannel channel, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (Files.getFileStore(folder).getUsableSpace() < reservedBytes) {
        throw full(null);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  private OnboardingException full(@Nullable Exception cause) {
    String message =
        "there is no room for the file on the disk of "
            + folder
            + "; nothing was kept: free some space and send it again";
    return cause == null
        ? new OnboardingException(OnboardingException.Code.STORAGE_FULL, message)
        : new OnboardingException(OnboardingException.Code.STORAGE_FULL, message, cause);
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
