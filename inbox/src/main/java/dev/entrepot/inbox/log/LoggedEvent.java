package dev.entrepot.inbox.log;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as it is in the log.
///
/// @param position its place; see [Positions]
/// @param lane in which its key always is
/// @param connection by which it came
/// @param receivedAt when it was written, by the server's clock
/// @param secret the number of the connection's secret that signed it; null: unsigned
/// @param erasedAt when headers and body were erased; null: they are as they came
public record LoggedEvent(
    long position,
    int lane,
    String connection,
    Identity identity,
    Headers headers,
    Body body,
    Instant receivedAt,
    @Nullable Integer secret,
    Purpose purpose,
    @Nullable Instant erasedAt) {

  /// What its source reads.
  public Message message() {
    return new Message(identity, headers, body, receivedAt);
  }
}
