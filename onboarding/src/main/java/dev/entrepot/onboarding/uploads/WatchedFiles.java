package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of each file of the watched folder: an upload, or a refusal. One that cannot be
/// read or moved is told of once, left where it is, and tried again every minute. Nothing of one
/// file reaches another, unless the database is away. Not safe for use by many threads.
final class WatchedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);
  private static final Actor ACTOR = Actor.system("watched-folder");
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /// Of a moment in the name of a file, in UTC.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static final String DONE = "done";
  static final String REFUSED = "refused";

  /// Something that could not be done with a file.
  ///
  /// @param move what is left to do, when the file was judged already
  private record Held(Instant again, @Nullable Move move) {}

  /// @param note lies beside a refused file
  /// @param told the refusal that was told of
  private record Move(Path target, @Nullable String note, @Nullable UUID told) {}

  private final Path folder;
  private final Uploads uploads;
  private final RefusedFileStore refusedFiles;
  private final Clock clock;
  private final Map<Path, Held> held = new HashMap<>();

  WatchedFiles(Path folder, Uploads uploads, RefusedFileStore refusedFiles, Clock clock) {
    this.folder = folder;
    this.uploads = uploads;
    this.refusedFiles = refusedFiles;
    this.clock = clock;
  }

  /// Makes an upload of a file that stands, or refuses it.
  ///
  /// @throws StorageException when the database is away or full
  void take(Path vendor, Path file) {
    once(
        vendor,
        file,
        () -> {
          FileMark read = FileMark.of(file);
          Uploads.Receipt receipt;
          try {
            receipt = submit(vendor, file);
          } catch (OnboardingException e) {
            if (e.code() == OnboardingException.Code.STORAGE_FULL) {
              LOG.warn("{} waits: {}", file, e.getMessage());
              hold(file, null);
            } else if (still(file, read)) {
              refuse(vendor, file, e.code().name(), String.valueOf(e.getMessage()));
            }
            return;
          }
          if (still(file, read)) {
            moveTaken(vendor, file, receipt.upload().id());
          }
        });
  }

  /// Whether a file is the one that was read. Another one, which came in its place meanwhile, or a
  /// longer one, is a file of its own: it is looked at anew.
  private boolean still(Path file, FileMark read) throws IOException {
    boolean still = FileMark.of(file).equals(read);
    if (!still) {
      LOG.info("{} was replaced or changed while it was read; it is read again", file);
      held.remove(file);
    }
    return still;
  }

  /// Refuses a file that lies in no vendor's folder.
  void refuseStray(Path stray) {
    once(
        folder,
        stray,
        () ->
            refuse(
                folder,
                stray,
                RefusedFiles.NO_VENDOR_FOLDER,
                "it lies in no vendor's folder; put it into a folder that is called as the vendor's"
                    + " code, for example "
                    + folder.resolve("VEND001")));
  }

  private interface Step {
    void run() throws IOException;
  }

  /// Sees to a file, unless it is held and its time has not come; ends what is left to do with one
  /// that was judged already.
  private void once(Path owner, Path file, Step step) {
    Held before = held.get(file);
    if (before != null && clock.instant().isBefore(before.again())) {
      return;
    }
    try {
      if (before != null && before.move() != null) {
        moveAgain(file, before.move());
      } else {
        step.run();
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone", file, e);
    } catch (IOException e) {
      unreadable(owner, file, e);
    } catch (StorageException e) {
      if (e.code() == StorageException.Code.UNAVAILABLE
          || e.code() == StorageException.Code.DISK_FULL) {
        throw e;
      }
      if (e.code().retryable()) {
        LOG.warn("{} waits: {}", file, e.getMessage());
      } else {
        stopped(owner, file, e);
      }
    } catch (RuntimeException e) {
      stopped(owner, file, e);
    }
  }

  private Uploads.Receipt submit(Path vendor, Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return uploads.submit(
          ACTOR,
          new Uploads.Submission(
              name(vendor), name(file), Upload.Source.FOLDER, Uploads.Limits.SUPPLIER, null),
          bytes);
    }
  }

  private void moveTaken(Path vendor, Path file, UUID upload) throws NoSuchFileException {
    Move move =
        new Move(
            vendor.resolve(DONE).resolve(KeptName.of(upload.toString(), name(file))), null, null);
    try {
      move(file, move);
      held.remove(file);
      refusedFiles.settle(ACTOR, file.toAbsolutePath());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      hold(file, move);
      tell(
          vendor,
          file,
          RefusedFiles.NOT_MOVED,
          "upload "
              + upload
              + " was made of it, but it cannot be moved to "
              + vendor.resolve(DONE)
              + " ("
              + why(e)
              + "); let the account that runs Entrepot write there, then it is moved by itself");
    }
  }

  private void refuse(Path owner, Path file, String code, String reason) {
    LOG.warn("{} is refused: {}", file, reason);
    Path target =
        owner.resolve(REFUSED).resolve(KeptName.of(TIME.format(clock.instant()), name(file)));
    // Told of first: a crash before the move tells of it twice, which is better than never.
    UUID told =
        refusedFiles.tell(
            vendorOrNull(owner),
            name(file),
            file.toAbsolutePath(),
            target.toAbsolutePath(),
            code,
            reason);
    Move move = new Move(target, reason, told);
    try {
      move(file, move);
      held.remove(file);
    } catch (IOException e) {
      hold(file, move);
      refusedFiles.keptAt(
          told,
          file.toAbsolutePath(),
          reason
              + ". It cannot be moved to "
              + owner.resolve(REFUSED)
              + " ("
              + why(e)
              + "); let the account that runs Entrepot write there");
    }
  }

  private void moveAgain(Path file, Move move) {
    try {
      move(file, move);
    } catch (IOException e) {
      LOG.debug("{} still cannot be moved", file, e);
      hold(file, move);
      return;
    }
    held.remove(file);
    UUID told = move.told();
    String note = move.note();
    if (told == null || note == null) {
      refusedFiles.settle(ACTOR, file.toAbsolutePath());
    } else {
      refusedFiles.keptAt(told, move.target().toAbsolutePath(), note);
    }
  }

  private static void move(Path file, Move move) throws IOException {
    Path parent = move.target().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.move(file, move.target(), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Another file system is mounted there.
      Files.move(file, move.target());
    }
    String note = move.note();
    if (note != null) {
      write(move.target().resolveSibling(move.target().getFileName() + ".txt"), note);
    }
  }

  private static void write(Path target, String note) {
    try {
      Files.writeString(target, note + "\n");
    } catch (IOException e) {
      LOG.warn("the reason cannot be written to {}: {}", target, e.toString());
    }
  }

  /// A file cannot be read.
  void unreadable(Path owner, Path file, IOException cause) {
    if (hold(file, null)) {
      LOG.warn("{} cannot be read: {}", file, cause.toString());
      tell(
          owner,
          file,
          RefusedFiles.UNREADABLE,
          "it cannot be read ("
              + why(cause)
              + "); let the account that runs Entrepot read it, then it is taken by itself");
    }
  }

  /// A vendor's folder cannot be read.
  void unreadable(Path vendor, IOException cause) {
    if (hold(vendor, null)) {
      LOG.warn("the folder {} cannot be read: {}", vendor, cause.toString());
      tell(
          vendor,
          vendor,
          RefusedFiles.UNREADABLE,
          "the folder cannot be read ("
              + why(cause)
              + "); let the account that runs Entrepot read, write and enter it, then its files are"
              + " taken by themselves");
    }
  }

  /// A vendor's folder can be read.
  void readable(Path vendor) {
    if (held.remove(vendor) != null) {
      refusedFiles.settle(ACTOR, vendor.toAbsolutePath());
    }
  }

  private void stopped(Path owner, Path file, RuntimeException cause) {
    LOG.error("{} stopped at a defect; it is tried again in {}", file, AGAIN, cause);
    if (hold(file, null)) {
      tell(
          owner,
          file,
          RefusedFiles.INTERNAL,
          "a defect of the program stopped it; it is tried again every minute. If it stays, upload"
              + " the file in the console, and report what the server's log says of it");
    }
  }

  private void tell(Path owner, Path file, String code, String reason) {
    Path kept = file.toAbsolutePath();
    String fileName = file.equals(owner) ? name(file) + "/" : name(file);
    var _ = refusedFiles.tell(vendorOrNull(owner), fileName, kept, kept, code, reason);
  }

  /// @return whether it was not held before
  private boolean hold(Path file, @Nullable Move move) {
    return held.put(file, new Held(clock.instant().plus(AGAIN), move)) == null;
  }

  /// A file is another than before: what was known of it no longer holds.
  void changed(Path file) {
    held.remove(file);
  }

  /// Forgets files that are gone.
  void forgetAllBut(Set<Path> files) {
    held.keySet().retainAll(files);
  }

  private @Nullable String vendorOrNull(Path owner) {
    return owner.equals(folder) ? null : name(owner);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String why(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    String reason = cause instanceof FileSystemException of ? of.getReason() : cause.getMessage();
    return reason == null ? cause.toString() : reason;
  }
}
