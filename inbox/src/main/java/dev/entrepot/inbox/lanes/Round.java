package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Decides what becomes of one reading. Reading events happens in the constructor, before the
/// transaction.
final class Round {
  /// How long events of a paused connection wait at least until they are looked at again; they are
  /// woken when it goes on, see [PausedEvents].
  private static final Duration PAUSE = Duration.ofMinutes(15);

  private static final double PAUSE_JITTER = 0.2;

  private final List<EventHandler> handlers;
  private final BackOff backOff;
  private final RandomGenerator random;
  private final List<Item> items = new ArrayList<>();
  private List<String> logged = List.of();
  private final Set<Item> behind = Collections.newSetFromMap(new IdentityHashMap<>());

  Round(
      Reading reading,
      Senders senders,
      List<EventHandler> handlers,
      BackOff backOff,
      RandomGenerator random) {
    this.handlers = handlers;
    this.backOff = backOff;
    this.random = random;
    Reader reader = new Reader(senders);
    for (WaitingEvent waiting : reading.due()) {
      items.add(reader.waiting(waiting));
    }
    for (KeptEvent event : reading.fresh()) {
      Item item = reader.fresh(event);
      items.add(item);
      if (reading.held().contains(event.hold())) {
        behind.add(item);
      }
    }
  }

  /// What handlers want logged, once the work is committed.
  List<String> logged() {
    return logged;
  }

  /// The work of the transaction.
  Settlement run(Connection transaction) throws SQLException {
    Verdicts verdicts = new HandlerCalls(handlers, transaction, this::blocked).run(items);
    logged = verdicts.logged();
    Set<Item> blocked = blocked(items, verdicts);
    SettlementBuilder builder = new SettlementBuilder(handlers);
    for (Item item : items) {
      builder.add(item, blocked.contains(item) ? new Fate.Behind() : fate(item, verdicts));
    }
    return builder.build();
  }

  /// Items whose key waits: because it was held before, or because one before them failed.
  private Set<Item> blocked(List<Item> all, Verdicts verdicts) {
    Set<Item> blocked = Collections.newSetFromMap(new IdentityHashMap<>());
    blocked.addAll(behind);
    Set<String> held = new HashSet<>();
    for (Item item : all) {
      if (held.contains(item.hold())) {
        blocked.add(item);
      } else if (!behind.contains(item) && holds(item, verdicts)) {
        held.add(item.hold());
      }
    }
    return blocked;
  }

  private boolean holds(Item item, Verdicts verdicts) {
    if (item.paused() != null) {
      return true;
    }
    boolean parks = item.afterDeadLetter() == AfterDeadLetter.PARK;
    if (item.unreadable() != null) {
      return parks;
    }
    return verdicts.failure(item).map(failure -> !dead(item, failure) || parks).orElse(false);
  }

  private boolean dead(Item item, Verdicts.Verdict failure) {
    return failure.handled() instanceof Handled.Refused || backOff.exhausted(item.attempts() + 1);
  }

  private Fate fate(Item item, Verdicts verdicts) {
    if (item.unreadable() != null) {
      boolean park = item.afterDeadLetter() == AfterDeadLetter.PARK;
      return new Fate.Dead(item.unreadable(), item.attempts() + 1, park, item.done());
    }
    if (item.paused() != null) {
      return new Fate.Waits(item.paused(), item.attempts(), pause(), item.done());
    }
    return verdicts
        .failure(item)
        .map(failure -> failed(item, verdicts, failure))
        .orElseGet(() -> new Fate.Done(verdicts.codes(item)));
  }

  private Duration pause() {
    return PAUSE.plus(
        Duration.ofMillis(Math.round(PAUSE.toMillis() * PAUSE_JITTER * random.nextDouble())));
  }

  private Fate failed(Item item, Verdicts verdicts, Verdicts.Verdict failure) {
    int attempts = item.attempts() + 1;
    Trouble trouble = trouble(failure);
    if (dead(item, failure)) {
      boolean park = item.afterDeadLetter() == AfterDeadLetter.PARK;
      return new Fate.Dead(trouble, attempts, park, verdicts.codes(item));
    }
    Duration delay =
        failure.handled() instanceof Handled.Later later && later.after() != null
            ? later.after()
            : backOff.delay(attempts, random);
    return new Fate.Waits(trouble, attempts, delay, verdicts.codes(item));
  }

  private static Trouble trouble(Verdicts.Verdict failure) {
    return switch (failure.handled()) {
      case Handled.Later later -> new Trouble(failure.handler(), later.code(), later.reason());
      case Handled.Refused no -> new Trouble(failure.handler(), no.code(), no.reason());
      case Handled.Written _, Handled.Unchanged _, Handled.NotWanted _ ->
          throw new IllegalArgumentException(failure + " is no failure");
    };
  }
}
