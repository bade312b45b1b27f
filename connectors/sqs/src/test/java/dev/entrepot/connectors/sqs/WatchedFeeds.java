package dev.entrepot.connectors.sqs;

import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.feed.FedMessage;
import dev.entrepot.spi.feed.FeedException;
import dev.entrepot.spi.feed.SecretReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Real queues, with what is asked of them counted, and deleting cut off at will.
final class WatchedFeeds implements EventFeedFactory {
  private final SqsFeedFactory real = new SqsFeedFactory();

  /// How many messages were deleted.
  final AtomicInteger deleted = new AtomicInteger();

  /// How many messages were given back.
  final AtomicInteger givenBack = new AtomicInteger();

  /// How many more times the program "dies" before it deletes: the messages come again, as they do
  /// when the time of a node that died has run out.
  final AtomicInteger deaths = new AtomicInteger();

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public List<SettingField> settings() {
    return real.settings();
  }

  @Override
  public void check(Map<String, String> values) {
    real.check(values);
  }

  @Override
  public EventFeed open(Map<String, String> values, SecretReader secrets) {
    return new Watched(real.open(values, _ -> "any"));
  }

  private final class Watched implements EventFeed {
    private final EventFeed feed;

    Watched(EventFeed feed) {
      this.feed = feed;
    }

    @Override
    public List<FedMessage> fetch(Duration patience, Duration hidden) throws InterruptedException {
      return feed.fetch(patience, hidden);
    }

    @Override
    public void delete(List<FedMessage> messages) {
      if (deaths.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        feed.hide(messages, Duration.ZERO);
        throw new FeedException(FeedException.Code.UNAVAILABLE, "died before deleting");
      }
      feed.delete(messages);
      deleted.addAndGet(messages.size());
    }

    @Override
    public void hide(List<FedMessage> messages, Duration from) {
      feed.hide(messages, from);
      givenBack.addAndGet(messages.size());
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
