package dev.entrepot.inbox.hotstore;

import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.storage.StorableText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The latest state of an entity, as far as it decides what comes after it.
///
/// @param document null: deleted, or not at hand because it was not loaded
record Head(
    Version version,
    Instant receivedAt,
    @Nullable String state,
    String lookups,
    @Nullable String document) {

  static Head of(EntityChange.Present present, long position, Instant receivedAt) {
    String document = StorableText.repair(present.document());
    String state = present.state();
    return new Head(
        new Version(present.at(), present.precedence(), digest(document), position),
        receivedAt,
        state == null ? null : StoredName.of(state),
        LookupText.of(present.lookups()),
        document);
  }

  static Head of(EntityChange.Deleted deleted, long position, Instant receivedAt) {
    return new Head(Version.deleted(deleted.at(), position), receivedAt, null, "", null);
  }

  boolean deleted() {
    return version.deleted();
  }

  @Nullable UUID digest() {
    return version.digest();
  }

  /// Whether nobody could see a difference.
  boolean sameAs(Head other) {
    return Objects.equals(digest(), other.digest())
        && Objects.equals(state, other.state)
        && lookups.equals(other.lookups);
  }

  private static UUID digest(String document) {
    ByteBuffer digest =
        ByteBuffer.wrap(StoredName.sha256().digest(document.getBytes(StandardCharsets.UTF_8)));
    return new UUID(digest.getLong(), digest.getLong());
  }
}
