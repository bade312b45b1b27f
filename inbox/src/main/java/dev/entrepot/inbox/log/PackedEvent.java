package dev.entrepot.inbox.log;

import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.StorableText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it is written: made by the thread that brings it, so that the one that writes has
/// little left to do.
///
/// @param digest of connection and external id
@SuppressWarnings("ArrayRecordComponent") // never compared; copying would cost on the hottest path
record PackedEvent(
    UUID digest,
    int lane,
    String connection,
    String externalId,
    String topic,
    String key,
    long keyHash,
    @Nullable Instant triggeredAt,
    @Nullable Integer secret,
    Purpose purpose,
    byte[] payload) {
  /// What PostgreSQL can hold for certain; clocks beyond are broken.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  static PackedEvent of(NewEvent event, int lanes) {
    Identity identity = event.identity();
    String key = StorableText.repair(identity.key());
    long keyHash = Digests.key(key);
    return new PackedEvent(
        Digests.seen(event.connection(), identity.externalId()),
        lane(keyHash, lanes),
        event.connection(),
        StorableText.repair(identity.externalId()),
        StorableText.repair(identity.topic()),
        key,
        keyHash,
        storable(identity.triggeredAt()),
        event.secret(),
        event.purpose(),
        new Payload(event.headers(), event.body()).pack());
  }

  static int lane(String key, int lanes) {
    return lane(Digests.key(StorableText.repair(key)), lanes);
  }

  private static int lane(long keyHash, int lanes) {
    return Math.floorMod(keyHash, lanes);
  }

  /// How much memory it holds, about.
  int size() {
    return payload.length + 512;
  }

  private static @Nullable Instant storable(@Nullable Instant time) {
    return time == null || time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
  }
}
