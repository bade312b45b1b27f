package dev.entrepot.onboarding.uploads;

import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in the files that are put into a folder, one sub-folder per vendor
/// (`<folder>/<VENDOR>/file.csv`). A file is taken when its size and time have not changed between
/// two looks; then it is moved to `done/`, or to `refused/` with a text file beside it that says
/// why, and told of by [RefusedFiles]. Files whose names begin with a dot or end in `.part`, `.tmp`
/// or `.filepart` are left alone.
///
/// Each file and each folder is seen to by itself. What cannot be read or moved is told of once and
/// tried again every minute; meanwhile the others are taken.
public final class FolderWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

  private record Look(long bytes, long modified) {
    static final Look NONE = new Look(-1, -1);
  }

  private final Path folder;
  private final WatchedFiles files;
  private final Duration every;
  private final Map<Path, Look> looks = new HashMap<>();
  private @Nullable String trouble;
  private @Nullable Thread thread;

  /// @param every how long between two looks
  public FolderWatcher(
      Path folder, Uploads uploads, RefusedFileStore refusedFiles, Duration every, Clock clock) {
    this.folder = folder;
    this.files = new WatchedFiles(folder, uploads, refusedFiles, clock);
    this.every = every;
  }

  /// Starts looking, in the background, until closed.
  public void start() throws IOException {
    Files.createDirectories(folder);
    thread = Thread.ofVirtual().name("watched-folder").start(this::watch);
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        look();
        trouble = null;
      } catch (IOException e) {
        if (!e.toString().equals(trouble)) {
          LOG.warn("the watched folder {} cannot be read: {}", folder, e.toString());
        }
        trouble = e.toString();
      } catch (StorageException e) {
        LOG.atLevel(StorageException.levelOf(e))
            .log("the watched folder {} waits for the database: {}", folder, e.getMessage());
      } catch (RuntimeException | Error e) {
        LOG.error("a look into the watched folder {} ended at a defect", folder, e);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(every.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// Looks once.
  ///
  /// @throws IOException when the folder itself cannot be read
  /// @throws StorageException when the database is away; nothing is forgotten
  void look() throws IOException {
    Map<Path, Look> now = new HashMap<>();
    for (Path vendor : entries(folder, Files::isDirectory)) {
      if (!vendor.getFileName().toString().equals(WatchedFiles.REFUSED)) {
        lookInto(vendor, now);
      }
    }
    for (Path stray : entries(folder, Files::isRegularFile)) {
      if (isComplete(stray) && stands(folder, stray, now)) {
        files.refuseStray(stray);
      }
    }
    looks.clear();
    looks.putAll(now);
    files.forgetAllBut(now.keySet());
  }

  private void lookInto(Path vendor, Map<Path, Look> now) {
    now.put(vendor, Look.NONE);
    List<Path> found;
    try {
      found = entries(vendor, Files::isRegularFile);
      if (!Files.isExecutable(vendor)) {
        throw new AccessDeniedException(vendor.toString());
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone", vendor, e);
      return;
    } catch (IOException e) {
      files.unreadable(vendor, e);
      return;
    }
    files.readable(vendor);
    for (Path file : found) {
      if (isComplete(file) && stands(vendor, file, now)) {
        files.take(vendor, file);
      }
    }
  }

  /// What is in a folder; read wholly first, so that what is moved does not disturb it.
  private static List<Path> entries(Path folder, DirectoryStream.Filter<Path> kind)
      throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, kind)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  private static boolean isComplete(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !name.endsWith(".part")
        && !name.endsWith(".tmp")
        && !name.endsWith(".filepart");
  }

  /// Whether a file is as it was at the look before.
  private boolean stands(Path owner, Path file, Map<Path, Look> now) {
    Look look;
    try {
      look = new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone", file, e);
      return false;
    } catch (IOException e) {
      now.put(file, Look.NONE);
      files.unreadable(owner, file, e);
      return false;
    }
    now.put(file, look);
    boolean same = look.equals(looks.get(file));
    if (!same) {
      files.changed(file);
    }
    return same;
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
