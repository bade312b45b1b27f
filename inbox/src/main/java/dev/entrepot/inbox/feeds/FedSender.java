package dev.entrepot.inbox.feeds;

import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.feed.FedSourceFactory;
import dev.entrepot.spi.feed.SecretReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A kind of sender together with the feed that fetches its events: its connections have the
/// settings of both.
final class FedSender implements FedSourceFactory {
  private final FedSourceFactory sender;
  private final EventFeedFactory feed;

  FedSender(FedSourceFactory sender, EventFeedFactory feed) {
    this.sender = sender;
    this.feed = feed;
  }

  /// @param values of all settings, fallbacks filled in
  EventFeed openFeed(Map<String, String> values, SecretReader secrets) {
    return feed.open(of(feed.settings(), values), secrets);
  }

  @Override
  public String feed() {
    return sender.feed();
  }

  @Override
  public String kind() {
    return sender.kind();
  }

  @Override
  public String title() {
    return sender.title();
  }

  @Override
  public String secretHint() {
    return sender.secretHint();
  }

  @Override
  public boolean signed() {
    return sender.signed();
  }

  @Override
  public List<SettingField> settings() {
    return Stream.concat(feed.settings().stream(), sender.settings().stream()).toList();
  }

  @Override
  public EventSource open(Map<String, String> values) {
    feed.check(of(feed.settings(), values));
    return sender.open(of(sender.settings(), values));
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    return sender.sample(of(sender.settings(), values), secret, number, now);
  }

  private static Map<String, String> of(List<SettingField> settings, Map<String, String> values) {
    Map<String, String> own = new TreeMap<>();
    for (SettingField setting : settings) {
      String value = values.get(setting.name());
      if (value != null) {
        own.put(setting.name(), value);
      }
    }
    return own;
  }
}
