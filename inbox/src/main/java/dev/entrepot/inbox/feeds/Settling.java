package dev.entrepot.inbox.feeds;

import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.FedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands what was fetched to the intake: groups side by side, the messages of a group one after the
/// other. When one is not kept, those behind it in its group are not tried.
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  private final EventFeed feed;
  private final Collection<List<FedMessage>> groups;
  private final Function<Delivery, Receipt> intake;
  private final Duration hidden;
  private final BooleanSupplier stopped;
  private final List<FedMessage> kept = new ArrayList<>();
  private final List<FedMessage> left = new ArrayList<>();
  private Duration retryAfter = Duration.ZERO;
  private String reason = "fetching was stopped";

  /// @param hidden for how long the messages are hidden, as of now
  /// @param stopped whether to leave what was not yet begun
  Settling(
      EventFeed feed,
      List<FedMessage> messages,
      Function<Delivery, Receipt> intake,
      Duration hidden,
      BooleanSupplier stopped) {
    this.feed = feed;
    this.groups = groups(messages);
    this.intake = intake;
    this.hidden = hidden;
    this.stopped = stopped;
  }

  private static Collection<List<FedMessage>> groups(List<FedMessage> messages) {
    Map<Object, List<FedMessage>> groups = new LinkedHashMap<>();
    for (FedMessage message : messages) {
      String group = message.group();
      groups.computeIfAbsent(group == null ? message : group, _ -> new ArrayList<>()).add(message);
    }
    return groups.values();
  }

  /// Returns when each message is kept or left.
  void run() {
    if (groups.size() == 1) {
      groups.forEach(this::settle);
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      groups.forEach(group -> threads.execute(() -> settle(group)));
    }
  }

  private void settle(List<FedMessage> group) {
    long renewal = System.nanoTime() + hidden.toNanos() / 2;
    for (int i = 0; i < group.size(); i++) {
      List<FedMessage> rest = group.subList(i, group.size());
      try {
        if (stopped.getAsBoolean()) {
          leave(rest, reason, Duration.ZERO);
          return;
        }
        if (System.nanoTime() - renewal > 0) {
          feed.hide(rest, hidden);
          renewal = System.nanoTime() + hidden.toNanos() / 2;
        }
        if (intake.apply(group.get(i).delivery())
            instanceof Receipt.Refused(var _, String message, Duration after)) {
          leave(rest, message, after == null ? Duration.ZERO : after);
          return;
        }
      } catch (RuntimeException e) {
        LOG.debug("a message could not be handed to the intake", e);
        leave(rest, "a message could not be kept: " + e.getMessage(), Duration.ZERO);
        return;
      } catch (Error e) {
        // A defect, or no memory: it would end this group's thread, and nobody would be told.
        LOG.error("a message could not be handed to the intake; it goes back into the queue", e);
        leave(rest, "a message could not be kept: " + e, Duration.ZERO);
        return;
      }
      keep(group.get(i));
    }
  }

  private synchronized void keep(FedMessage message) {
    kept.add(message);
  }

  private synchronized void leave(List<FedMessage> rest, String why, Duration after) {
    left.addAll(rest);
    reason = why;
    if (after.compareTo(retryAfter) > 0) {
      retryAfter = after;
    }
  }

  /// What is on disk.
  synchronized List<FedMessage> kept() {
    return List.copyOf(kept);
  }

  /// What is not, or not known to be; in their order as far as they are of a group.
  synchronized List<FedMessage> left() {
    return List.copyOf(left);
  }

  /// When to try what is left again, as the intake says.
  synchronized Duration retryAfter() {
    return retryAfter;
  }

  /// Why it is left.
  synchronized String reason() {
    return reason;
  }
}
