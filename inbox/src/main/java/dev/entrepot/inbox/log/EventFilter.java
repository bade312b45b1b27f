package dev.entrepot.inbox.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which events are wanted; null: any.
///
/// @param tenant whose connections they came by: of two tenants the keys may be equal
/// @param topic the whole topic; of a mended event also the one as which it was handed on
/// @param key the whole key, likewise; found quickly
/// @param externalId the whole id by the sender; found quickly together with a connection
/// @param from received at or after
/// @param to received before
public record EventFilter(
    @Nullable String tenant,
    @Nullable String connection,
    @Nullable String topic,
    @Nullable String key,
    @Nullable String externalId,
    @Nullable Instant from,
    @Nullable Instant to) {
  public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null);

  /// Of any tenant.
  public EventFilter(
      @Nullable String connection,
      @Nullable String topic,
      @Nullable String key,
      @Nullable String externalId,
      @Nullable Instant from,
      @Nullable Instant to) {
    this(null, connection, topic, key, externalId, from, to);
  }

  /// The events of one key.
  public static EventFilter ofKey(String key) {
    return new EventFilter(null, null, key, null, null, null);
  }

  /// The same of one tenant.
  ///
  /// @param name null: of any
  public EventFilter ofTenant(@Nullable String name) {
    return new EventFilter(name, connection, topic, key, externalId, from, to);
  }
}
