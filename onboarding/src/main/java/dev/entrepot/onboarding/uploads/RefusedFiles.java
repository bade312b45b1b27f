package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Files of the watched folder that did not become uploads: of unknown or suspended vendors, too
/// large, beyond a quota, in no vendor's folder. They are told of for 90 days; the files themselves
/// stay where they were moved to. Safe for use by many threads.
public interface RefusedFiles {
  /// A refused file.
  ///
  /// @param vendor the folder it lay in, which need not be a vendor's code; null: in none
  /// @param keptAt where the file lies now, on the node that watches the folder
  /// @param code the kind of reason: `VENDOR_REFUSED`, `NOT_FOUND`, `LIMIT_EXCEEDED`,
  ///   `QUOTA_EXCEEDED`, `INVALID`, `NO_VENDOR_FOLDER`
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
