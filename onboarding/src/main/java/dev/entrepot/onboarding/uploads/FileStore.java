package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.OnboardingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps files as they came, named by the SHA-256 of their bytes. A file is there wholly, flushed
/// to disk, or not at all. The folder has an id of its own, by which nodes know whether they share
/// it. Safe for use by many threads and processes on one folder.
public final class FileStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final long LOOK_EVERY_BYTES = 64L << 20;

  /// A file that is kept.
  ///
  /// @param hash SHA-256 in hex
  /// @param store the folder it lies in; null: not known
  public record Kept(String hash, long bytes, @Nullable UUID store) {}

  /// How large a file may be.
  ///
  /// @param bytes of an error file that is sent back
  /// @param ofOtherFiles what senders are told; never more than that
  record MostBytes(long bytes, long ofOtherFiles) {
    static final MostBytes UNBOUNDED = new MostBytes(Long.MAX_VALUE, Long.MAX_VALUE);

    /// @throws OnboardingException LIMIT_EXCEEDED when so many are more than of any file
    void require(long count) {
      if (count > bytes) {
        throw refusal();
      }
    }

    OnboardingException refusal() {
      return new OnboardingException(
          OnboardingException.Code.LIMIT_EXCEEDED,
          "file",
          String.format(
              Locale.ROOT,
              "the file is larger than the %,d bytes this vendor may send; split it, or ask for a higher limit",
              ofOtherFiles));
    }
  }

  private final Path folder;
  private final Path incoming;
  private final UUID id;
  private final long reservedBytes;

  /// Opens the folder, and removes what interrupted deliveries to this node left behind.
  ///
  /// @param folder made when missing
  /// @param reservedBytes how much room must stay free on the disk for everything else
  /// @param node no other process that uses the folder has this name
  public FileStore(Path folder, long reservedBytes, String node) {
    this.folder = folder;
    this.reservedBytes = reservedBytes;
    this.incoming = folder.resolve("incoming").resolve(node);
    try {
      Files.createDirectories(incoming);
      sweep(incoming);
      // Where they lay when all nodes had one place for them.
      sweep(folder.resolve("incoming"));
      this.id = id(folder.resolve("store-id"));
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

  /// The folder's id: made once, by whoever comes first.
  private static UUID id(Path file) throws IOException {
    if (!Files.exists(file)) {
      UUID fresh = UUID.randomUUID();
      Path written = file.resolveSibling("store-id-" + fresh);
      Files.writeString(written, fresh.toString());
      try {
        // Unlike a move, a link never replaces what another node wrote meanwhile.
        Files.createLink(file, written);
      } catch (FileAlreadyExistsException e) {
        LOG.debug("another node gave {} its id", file.getParent(), e);
      } catch (UnsupportedOperationException | FileSystemException e) {
        LOG.debug("{} has no links", file.getParent(), e);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(written);
      }
    }
    return UUID.fromString(Files.readString(file).strip());
  }

  /// By which the folder is known, whatever path or node it is reached by.
  UUID id() {
    return id;
  }

  /// Whether a file is here.
  boolean holds(String hash) {
    return Files.exists(path(hash));
  }

  /// Reads a stream to its end. The bytes are on disk then, but not kept yet.
  ///
  /// @param mostBytes more than that is refused, and nothing is left of it
  /// @throws OnboardingException LIMIT_EXCEEDED or STORAGE_FULL
  /// @throws IOException when the stream breaks; nothing is left of it
  Received receive(InputStream bytes, MostBytes mostBytes) throws IOException {
    Path target = incoming.resolve(UUID.randomUUID().toString());
    boolean complete = false;
    try {
      MessageDigest digest = sha256();
      long total = receive(bytes, mostBytes, target, digest);
      complete = true;
      return new Received(target, new Kept(HexFormat.of().formatHex(digest.digest()), total, id));
    } finally {
      if (!complete) {
        Files.deleteIfExists(target);
      }
    }
  }

  /// A file that has come in and waits for the word to keep it. Closing it before forgets it.
  final class Received implements AutoCloseable {
    private final Path received;
    private final Kept file;
    private boolean kept;

    private Received(Path received, Kept file) {
      this.received = received;
      this.file = file;
    }

    Kept file() {
      return file;
    }

    /// Where it lies until it is kept.
    Path path() {
      return received;
    }

    /// Gives the file its name, durably. Once is enough.
    ///
    /// @throws OnboardingException STORAGE_FULL
    void keep() {
      if (kept) {
        return;
      }
      Path target = FileStore.this.path(file.hash());
      Path parent = parent(target);
      try {
        Files.createDirectories(parent);
        Files.move(received, target, StandardCopyOption.ATOMIC_MOVE);
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
        Files.deleteIfExists(received);
      }
    }
  }

  private long receive(InputStream bytes, MostBytes mostBytes, Path target, MessageDigest digest)
      throws IOException {
    long total = 0;
    long nextLook = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel channel = create(target)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        total += read;
        mostBytes.require(total);
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

  private FileChannel create(Path target) {
    try {
      return FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
    return incoming;
  }

  private static void sweep(Path left) throws IOException {
    try (var files = Files.list(left)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
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
