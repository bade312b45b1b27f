package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// At most one process uses a folder, and in it at most one server. The system takes the lock back
/// when the process ends, however it ends.
final class FolderLock implements AutoCloseable {

  // The lock of a file belongs to the whole process, and closing any second channel to the file
  // loses it. So the process itself must remember what it has; there is no other place for that.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(ServerFolder folder) throws IOException {
    Path path = folder.path().toRealPath();
    if (!HELD.add(path)) {
      throw inUse(path, "this very process");
    }
    FolderLock lock = null;
    try {
      lock = lock(path);
      return lock;
    } finally {
      if (lock == null) {
        HELD.remove(path);
      }
    }
  }

  private static FolderLock lock(Path path) throws IOException {
    Path file = path.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        String holder = Files.readString(file).strip();
        throw inUse(path, holder.isEmpty() ? "another process" : "process " + holder);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
      return new FolderLock(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StorageException inUse(Path path, @Nullable String holder) {
    return new StorageException(
        Code.UNAVAILABLE,
        "the folder "
            + path
            + " is in use by "
            + holder
            + "; stop that one first, or choose another data folder");
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(folder);
    }
  }
}
