package dev.entrepot.inbox.handling;

import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Message;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event whose turn it is.
///
/// @param position its place in the log; unique, and growing in the order of arrival
/// @param connection by which it came
/// @param tenant of the connection
/// @param kind of sender, such as `shopify`
/// @param message as it came, or as an operator mended it: then with the topic and key that the
///   mended body has
/// @param facts what it says, read by its source
/// @param edited whether an operator changed its body; the log keeps it as it came
/// @param attempt how often it was tried before, plus one
/// @param replay the replay it belongs to; null: it is handed on for the first time
/// @param to those to whom alone the replay hands it on, `handler` or `handler/part`; empty: to all
public record DueEvent(
    long position,
    String connection,
    String tenant,
    String kind,
    Message message,
    Facts facts,
    boolean edited,
    int attempt,
    @Nullable UUID replay,
    Set<String> to) {
  public DueEvent {
    to = Set.copyOf(to);
  }

  /// To all handlers.
  public DueEvent(
      long position,
      String connection,
      String tenant,
      String kind,
      Message message,
      Facts facts,
      boolean edited,
      int attempt,
      @Nullable UUID replay) {
    this(position, connection, tenant, kind, message, facts, edited, attempt, replay, Set.of());
  }

  /// Whether it goes to one of those whom a handler serves.
  public boolean reaches(String handler, String part) {
    return to.isEmpty() || to.contains(handler) || to.contains(handler + "/" + part);
  }

  public String key() {
    return message.identity().key();
  }

  public String topic() {
    return message.identity().topic();
  }
}
