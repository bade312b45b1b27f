package dev.entrepot.inbox.feeds;

import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.feed.FedMessage;
import dev.entrepot.spi.feed.FeedException;
import dev.entrepot.spi.feed.SecretReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue in memory: a group with a hidden message gives no others. Time does not pass in it, so
/// that what is hidden for a while remains hidden, unless it is for no time.
final class MemoryFeed implements EventFeedFactory, EventFeed {
  private final List<FedMessage> waiting = new ArrayList<>();
  private final Map<String, FedMessage> hidden = new HashMap<>();
  private final Map<String, Duration> hiddenFor = new HashMap<>();
  private @Nullable String trouble;
  private boolean broken;
  private int asked;
  private int empty;

  synchronized void put(FedMessage message) {
    waiting.add(message);
    notifyAll();
  }

  /// From now on it fails so; null: not, and it answers once that nothing waits.
  synchronized void trouble(@Nullable String words) {
    trouble = words;
    empty += words == null ? 1 : 0;
    notifyAll();
  }

  /// The next look for messages ends as if a class were missing.
  synchronized void breakOnce() {
    broken = true;
    notifyAll();
  }

  /// How often it was asked for messages.
  synchronized int asked() {
    return asked;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /// How long messages were last hidden for, by handle, unless they are deleted.
  synchronized Map<String, Duration> hiddenFor() {
    return Map.copyOf(hiddenFor);
  }

  @Override
  public synchronized List<FedMessage> fetch(Duration patience, Duration from)
      throws InterruptedException {
    asked++;
    while (waiting.isEmpty() && trouble == null && empty == 0 && !broken) {
      wait();
    }
    if (broken) {
      broken = false;
      throw new NoClassDefFoundError("dev/entrepot/Missing");
    }
    if (trouble != null) {
      throw new FeedException(FeedException.Code.DENIED, trouble);
    }
    if (waiting.isEmpty()) {
      empty--;
    }
    List<FedMessage> fetched = List.copyOf(waiting);
    hide(fetched, from);
    return fetched;
  }

  @Override
  public synchronized void delete(List<FedMessage> messages) {
    messages.forEach(message -> {
      hidden.remove(message.handle());
      hiddenFor.remove(message.handle());
    });
  }

  @Override
  public synchronized void hide(List<FedMessage> messages, Duration from) {
    List<FedMessage> back = new ArrayList<>();
    for (FedMessage message : messages) {
      waiting.remove(message);
      hidden.remove(message.handle());
      hiddenFor.put(message.handle(), from);
      if (from.isZero()) {
        back.add(message);
      } else {
        hidden.put(message.handle(), message);
      }
    }
    waiting.addAll(0, back);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField("place", "where they wait", null, List.of()),
        new SettingField("key", "to it", "", List.of()));
  }

  @Override
  public void check(Map<String, String> values) {
    if ("nowhere".equals(values.get("place"))) {
      throw new IllegalArgumentException("place cannot be nowhere");
    }
  }

  @Override
  public EventFeed open(Map<String, String> values, SecretReader secrets) {
    String key = values.getOrDefault("key", "");
    if (!key.isEmpty()) {
      String _ = secrets.read(key);
    }
    return this;
  }

  @Override
  public void close() {
    // It goes on for the next one.
  }
}
