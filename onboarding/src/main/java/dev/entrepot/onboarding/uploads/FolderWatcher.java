package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
/// why, and told of by [RefusedFiles]. Files whose names begin with a dot or end in `.part`, `.tmp`
/// or `.filepart` are left alone.
public final class FolderWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);
  private static final Actor ACTOR = Actor.system("watched-folder");

  private static final String REFUSED = "refused";
  private static final String NO_VENDOR_FOLDER = "NO_VENDOR_FOLDER";

  /// Of a moment in the name of a file, in UTC.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private record Look(long bytes, long modified) {}

  private final Path folder;
  private final Uploads uploads;
  private final RefusedFileStore refusedFiles;
  private final Duration every;
  private final Clock clock;
  private final Map<Path, Look> looks = new HashMap<>();
  private @Nullable Thread thread;

  /// @param every how long between two looks
  public FolderWatcher(
      Path folder, Uploads uploads, RefusedFileStore refusedFiles, Duration every, Clock clock) {
    this.folder = folder;
    this.uploads = uploads;
    this.refusedFiles = refusedFiles;
    this.every = every;
    this.clock = clock;
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
      } catch (StorageException e) {
        LOG.atLevel(StorageException.levelOf(e))
            .log("the watched folder {} waits for the database: {}", folder, e.getMessage());
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
        if (vendor.getFileName().toString().equals(REFUSED)) {
          continue;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(vendor, Files::isRegularFile)) {
          for (Path file : files) {
            if (isComplete(file)) {
              consider(vendor, file, now);
            }
          }
        }
      }
    }
    try (DirectoryStream<Path> strays = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path stray : strays) {
        if (isComplete(stray) && stands(stray, now)) {
          refuse(
              folder,
              stray,
              NO_VENDOR_FOLDER,
              "it lies in no vendor's folder; put it into a folder that is called as the vendor's"
                  + " code, for example "
                  + folder.resolve("VEND001"));
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
    if (!stands(file, now)) {
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
        now.put(file, look(file));
        LOG.warn("{} waits: {}", file, e.getMessage());
        return;
      }
      refuse(vendor, file, e.code().name(), String.valueOf(e.getMessage()));
    }
  }

  private static Look look(Path file) throws IOException {
    return new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis());
  }

  /// Whether a file is as it was at the look before.
  private boolean stands(Path file, Map<Path, Look> now) throws IOException {
    Look look = look(file);
    if (look.equals(looks.get(file))) {
      return true;
    }
    now.put(file, look);
    return false;
  }

  private void refuse(Path owner, Path file, String code, String reason) throws IOException {
    LOG.warn("{} is refused: {}", file, reason);
    String name = TIME.format(clock.instant()) + "-" + file.getFileName();
    // Told of first: a crash before the move tells of it twice, which is better than never.
    refusedFiles.add(
        owner.equals(folder) ? null : owner.getFileName().toString(),
        file.getFileName().toString(),
        owner.resolve(REFUSED).resolve(name).toAbsolutePath(),
        code,
        reason);
    Path refused = move(file, owner.resolve(REFUSED), name);
    Files.writeString(refused.resolveSibling(name + ".txt"), reason + "\n");
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
