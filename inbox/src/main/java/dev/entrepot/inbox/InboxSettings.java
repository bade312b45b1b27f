package dev.entrepot.inbox;

import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.lanes.LaneSettings;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.spi.event.EventSourceFactory;
import java.util.List;

/// How the inbox works on this node.
///
/// @param node its name; no two that run at once have the same
/// @param senders the kinds of senders that connections may be of
/// @param handlers besides the inbox's own
public record InboxSettings(
    String node,
    List<EventSourceFactory> senders,
    List<EventHandler> handlers,
    LogSettings log,
    LaneSettings lanes) {

  public InboxSettings {
    senders = List.copyOf(senders);
    handlers = List.copyOf(handlers);
  }

  /// With the usual figures.
  public static InboxSettings of(
      String node, List<EventSourceFactory> senders, List<EventHandler> handlers) {
    return new InboxSettings(node, senders, handlers, LogSettings.DEFAULT, LaneSettings.of(node));
  }
}
