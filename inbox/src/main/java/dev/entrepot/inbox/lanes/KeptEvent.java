package dev.entrepot.inbox.lanes;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.time.Instant;

/// An event of the log on its way to the handlers.
///
/// @param tenant whose it is; empty: its connection is not there
/// @param nature what may be done with it
record KeptEvent(
    long position, int lane, String connection, String tenant, Message message, Nature nature) {

  /// What an event is, and how much of it is left.
  enum Nature {
    /// A sender's, to be handed on.
    LIVE,
    /// A sample: read, and given to no handler.
    TEST,
    /// Headers and body were erased, as the law wants it: nothing is handed on.
    ERASED,
    /// Nothing, although something of it waits: an invariant broke.
    GONE
  }

  KeptEvent(long position, int lane, String connection, Message message) {
    this(position, lane, connection, "", message, Nature.LIVE);
  }

  /// One that waits, though the log does not have it.
  static KeptEvent gone(
      long position, int lane, String connection, String tenant, String key, String topic) {
    Message nothing =
        new Message(
            new Identity("gone", topic, key, null),
            Headers.NONE,
            Body.of(new byte[0]),
            Instant.EPOCH);
    return new KeptEvent(position, lane, connection, tenant, nothing, Nature.GONE);
  }

  /// The same with another body.
  KeptEvent with(Body mended) {
    Message other =
        new Message(message.identity(), message.headers(), mended, message.receivedAt());
    return new KeptEvent(position, lane, connection, tenant, other, nature);
  }

  boolean isGone() {
    return nature == Nature.GONE;
  }

  String key() {
    return message.identity().key();
  }

  /// What waits by: events of the same hold follow one another, and a dead letter or a person holds
  /// up that alone. Keys of two tenants may be equal, so that it is the tenant and the key.
  String hold() {
    return hold(tenant, key());
  }

  /// As the column `hold` has it. No tenant has a slash in its name.
  static String hold(String tenant, String key) {
    return tenant + "/" + key;
  }

  String topic() {
    return message.identity().topic();
  }
}
