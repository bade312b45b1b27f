package dev.entrepot.app.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/// A data folder, held by this program alone until it is closed. The operating system lets go of it
/// when the program dies, however it dies.
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Takes a folder, making it when it is absent.
  ///
  /// @return empty when another program holds it
  static Optional<DataFolder> take(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve("entrepot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new DataFolder(path, channel));
      }
    } catch (OverlappingFileLockException e) {
      // Held by another program in this very process: the same to us.
    }
    channel.close();
    return Optional.empty();
  }

  Path path() {
    return path;
  }

  /// The name of the node that works on this folder: made once, the same at every start.
  String node() throws IOException {
    Path file = path.resolve("node");
    if (!Files.exists(file)) {
      Path fresh = path.resolve("node.new");
      Files.writeString(fresh, "node-" + UUID.randomUUID().toString().substring(0, 8));
      Files.move(fresh, file);
    }
    return Files.readString(file).strip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
