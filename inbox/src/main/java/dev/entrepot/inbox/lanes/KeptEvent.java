package dev.entrepot.inbox.lanes;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.time.Instant;

/// An event of the log on its way to the handlers.
///
/// @param rest what the log still has of it
record KeptEvent(long position, int lane, String connection, Message message, Rest rest) {

  /// How much of an event is left.
  enum Rest {
    WHOLE,
    /// Headers and body were erased, as the law wants it: nothing is handed on.
    ERASED,
    /// Nothing, although something of it waits: an invariant broke.
    GONE
  }

  KeptEvent(long position, int lane, String connection, Message message) {
    this(position, lane, connection, message, Rest.WHOLE);
  }

  /// One that waits, though the log does not have it.
  static KeptEvent gone(long position, int lane, String connection, String key, String topic) {
    Message nothing =
        new Message(
            new Identity("gone", topic, key, null),
            Headers.NONE,
            Body.of(new byte[0]),
            Instant.EPOCH);
    return new KeptEvent(position, lane, connection, nothing, Rest.GONE);
  }

  /// The same with another body.
  KeptEvent with(Body mended) {
    Message other =
        new Message(message.identity(), message.headers(), mended, message.receivedAt());
    return new KeptEvent(position, lane, connection, other, rest);
  }

  boolean isGone() {
    return rest == Rest.GONE;
  }

  String key() {
    return message.identity().key();
  }

  String topic() {
    return message.identity().topic();
  }
}
