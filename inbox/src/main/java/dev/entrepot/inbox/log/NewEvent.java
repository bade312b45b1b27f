package dev.entrepot.inbox.log;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import org.jspecify.annotations.Nullable;

/// A delivery to be kept.
///
/// Texts may hold any character: what PostgreSQL cannot store in topic, key and external id is read
/// back as U+FFFD; two external ids that differ in such characters alone remain different events.
///
/// @param connection by which it came
/// @param secret the number of the connection's secret that signed it; null: unsigned
public record NewEvent(
    String connection,
    Identity identity,
    Headers headers,
    Body body,
    @Nullable Integer secret,
    Purpose purpose) {

  /// A sender's.
  public NewEvent(
      String connection, Identity identity, Headers headers, Body body, @Nullable Integer secret) {
    this(connection, identity, headers, body, secret, Purpose.LIVE);
  }
}
