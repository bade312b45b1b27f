package dev.entrepot.console;

import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.feed.FedSourceFactory;
import dev.entrepot.spi.feed.FeedException;
import dev.entrepot.spi.feed.SecretReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A sender whose events would be fetched, were the place there where they wait.
public final class WaitingSender implements FedSourceFactory {
  private final PlainSender plain = new PlainSender();

  @Override
  public String feed() {
    return "nowhere";
  }

  @Override
  public String kind() {
    return "waiting";
  }

  @Override
  public String title() {
    return "Waiting";
  }

  @Override
  public String secretHint() {
    return "";
  }

  @Override
  public List<SettingField> settings() {
    return List.of();
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return plain;
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    return plain.sample(values, secret, number, now);
  }

  /// The way there.
  public static final class Nowhere implements EventFeedFactory {
    @Override
    public String name() {
      return "nowhere";
    }

    @Override
    public List<SettingField> settings() {
      return List.of(new SettingField("place", "where they wait", null, List.of()));
    }

    @Override
    public void check(Map<String, String> values) {
      // Any place will do.
    }

    @Override
    public EventFeed open(Map<String, String> values, SecretReader secrets) {
      throw new FeedException(
          FeedException.Code.MISSING, "there is no " + values.get("place") + "; mend place");
    }
  }
}
