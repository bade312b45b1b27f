package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Files of the watched folder that did not become uploads: of unknown or suspended vendors, too
/// large, beyond a quota, in no vendor's folder; and those that cannot be read or moved. They are
/// told of for 90 days; the files themselves stay where they were moved to. Safe for use by many
/// threads.
public interface RefusedFiles {
  /// It lies in no vendor's folder.
  String NO_VENDOR_FOLDER = "NO_VENDOR_FOLDER";

  /// The file, or the vendor's folder, cannot be read; it lies where it was and is tried again.
  String UNREADABLE = "UNREADABLE";

  /// An upload was made of it, but it cannot be moved; it lies where it was and is tried again.
  String NOT_MOVED = "NOT_MOVED";

  /// A defect of the program; it lies where it was and is tried again.
  String INTERNAL = "INTERNAL";

  /// A refused file.
  ///
  /// @param vendor the folder it lay in, which need not be a vendor's code; null: in none
  /// @param keptAt where the file lies now, on the node that watches the folder
  /// @param code the kind of reason: `VENDOR_REFUSED`, `NOT_FOUND`, `LIMIT_EXCEEDED`,
  ///   `QUOTA_EXCEEDED`, `INVALID`, or one of the constants here
  /// @param reason why, and what to do about it
  record RefusedFile(
      UUID id,
      @Nullable String vendor,
      String fileName,
      String keptAt,
      String code,
      String reason,
      Instant refusedAt,
      @Nullable Instant dismissedAt,
      @Nullable String dismissedBy) {}

  /// Which are meant.
  enum Selection {
    OPEN,
    ALL
  }

  /// Newest first.
  Page<RefusedFile> list(Selection selection, @Nullable String cursor, int size);

  /// How many nobody has dismissed yet.
  long open();

  /// Takes a file off the list of open ones; it is seen to.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException NOT_FOUND; CONFLICT when it was dismissed
  ///   already
  RefusedFile dismiss(Actor actor, UUID id);
}
