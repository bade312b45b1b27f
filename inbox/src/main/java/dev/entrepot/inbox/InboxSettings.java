package dev.entrepot.inbox;

import dev.entrepot.inbox.alerts.AlertPost;
import dev.entrepot.inbox.delivery.DeliverySettings;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.lanes.LaneSettings;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.inbox.privacy.EventEraser;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.feed.EventFeedFactory;
import java.time.Duration;
import java.util.List;

/// How the inbox works on this node.
///
/// @param node its name; no two that run at once have the same
/// @param senders the kinds of senders that connections may be of
/// @param feeds by which events of fed senders are fetched; kinds whose feed is missing are left
///   out
/// @param handlers besides the inbox's own
/// @param alerts by which means people are told of an alert; all are kept and shown besides
/// @param erasers of what other parts keep of events, always in the same order
public record InboxSettings(
    String node,
    List<EventSourceFactory> senders,
    List<EventFeedFactory> feeds,
    List<EventHandler> handlers,
    AlertPost alerts,
    List<EventEraser> erasers,
    LogSettings log,
    LaneSettings lanes,
    DeliverySettings deliveries) {

  public InboxSettings {
    senders = List.copyOf(senders);
    feeds = List.copyOf(feeds);
    handlers = List.copyOf(handlers);
    erasers = List.copyOf(erasers);
  }

  /// With the usual figures; alerts are shown and told by no other means, webhooks posted to public
  /// addresses alone.
  public static InboxSettings of(
      String node, List<EventSourceFactory> senders, List<EventHandler> handlers) {
    return new InboxSettings(
        node,
        senders,
        List.of(),
        handlers,
        (_, _) -> {},
        List.of(),
        LogSettings.DEFAULT,
        LaneSettings.of(node),
        DeliverySettings.of(node, WebhookReach.PUBLIC));
  }

  /// The same, with events kept for another time.
  ///
  /// @param slice how long one part of the log is written to
  public InboxSettings keeping(Duration slice, Duration retention) {
    return new InboxSettings(
        node,
        senders,
        feeds,
        handlers,
        alerts,
        erasers,
        log.keeping(slice, retention),
        lanes,
        deliveries);
  }

  /// The same, with the log kept in another way.
  public InboxSettings logging(LogSettings settings) {
    return new InboxSettings(
        node, senders, feeds, handlers, alerts, erasers, settings, lanes, deliveries);
  }

  /// The same, with feeds.
  public InboxSettings withFeeds(List<EventFeedFactory> some) {
    return new InboxSettings(
        node, senders, some, handlers, alerts, erasers, log, lanes, deliveries);
  }

  /// The same, with webhooks posted elsewhere.
  public InboxSettings reaching(WebhookReach reach) {
    return new InboxSettings(
        node,
        senders,
        feeds,
        handlers,
        alerts,
        erasers,
        log,
        lanes,
        DeliverySettings.of(node, reach));
  }

  /// The same with another way by which people are told of alerts.
  public InboxSettings alerting(AlertPost post) {
    return new InboxSettings(node, senders, feeds, handlers, post, erasers, log, lanes, deliveries);
  }
}
