package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in the files that are put into a folder, one sub-folder per vendor
/// (`<folder>/<VENDOR>/file.csv`). A file is taken when its size and time have not changed between
/// two looks; then it is moved to `done/`, or to `refused/` with a text file beside it that says
/// why. Files whose names begin with a dot or end in `.part`, `.tmp` or `.filepart` are left alone.
public final class FolderWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);
  private static final Actor ACTOR = Actor.system("watched-folder");

  private record Look(long bytes, long modified) {}

  private final Path folder;
  private final Uploads uploads;
  private final Duration every;
  private final Map<Path, Look> looks = new HashMap<>();
  private @Nullable Thread thread;

  /// @param every how long between two looks
  public FolderWatcher(Path folder, Uploads uploads, Duration every) {
    this.folder = folder;
    this.uploads = uploads;
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
        TimeUnit.MILLISECONDS.sleep(every.toMillis());
      } catch (IOException e) {
        LOG.warn("the watched folder {} cannot be read: {}", folder, e.toString());
        if (!pause()) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(every.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /// Looks once.
  void look() throws IOException {
    Map<Path, Look> now = new HashMap<>();
    try (DirectoryStream<Path> vendors = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path vendor : vendors) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(vendor, Files::isRegularFile)) {
          for (Path file : files) {
            if (isComplete(file)) {
              consider(vendor, file, now);
            }
          }
        }
      }
    }
    looks.clear();
    looks.putAll(now);
  }

  private static boolean isComplete(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !name.endsWith(".part")
        && !name.endsWith(".tmp")
        && !name.endsWith(".filepart");
  }

  private void consider(Path vendor, Path file, Map<Path, Look> now) throws IOException {
    Look look = new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    if (!look.equals(looks.get(file))) {
      now.put(file, look);
      return;
    }
    String name = file.getFileName().toString();
    try (InputStream bytes = Files.newInputStream(file)) {
      Uploads.Receipt receipt =
          uploads.submit(
              ACTOR,
              new Uploads.Submission(
                  vendor.getFileName().toString(),
                  name,
                  Upload.Source.FOLDER,
                  Uploads.Limits.SUPPLIER,
                  null),
              bytes);
      move(file, vendor.resolve("done"), receipt.upload().id() + "-" + name);
    } catch (OnboardingException e) {
      if (e.code() == OnboardingException.Code.STORAGE_FULL) {
        now.put(file, look);
        LOG.warn("{} waits: {}", file, e.getMessage());
        return;
      }
      LOG.warn("{} is refused: {}", file, e.getMessage());
      Path refused = move(file, vendor.resolve("refused"), System.nanoTime() + "-" + name);
      Files.writeString(
          refused.resolveSibling(refused.getFileName() + ".txt"), e.getMessage() + "\n");
    }
  }

  private static Path move(Path file, Path target, String name) throws IOException {
    Files.createDirectories(target);
    return Files.move(file, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
