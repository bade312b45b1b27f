package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.delivery.DeliveryStore.Attempt;
import dev.entrepot.inbox.delivery.DeliveryStore.Settled;
import dev.entrepot.kit.outbound.PostResult;
import dev.entrepot.kit.outbound.WebhookPost;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers to one destination, for as long as this node holds its lease. It has a thread of its
/// own that alone decides; posts have threads of theirs, a bounded number at a time. So
/// destinations do not wait for each other.
///
/// A delivery is settled after its answer is known; when the node dies in between, or loses the
/// lease, it is posted again under the same id. The next of a key is posted only after the one
/// before it was settled.
final class DestinationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationRunner.class);
  private static final int READ_AHEAD = 4;
  private static final int MOST_IN_MEMORY = 2_000;
  private static final int MOST_OF_A_KEY = 32;
  private static final int BURIED_AT_ONCE = 500;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration REST = Duration.ofMinutes(1);
  private static final String FOLLOWS_REPLAY = "entrepot-replay";

  /// Wakes the thread.
  private sealed interface Signal {}

  /// Something may have changed.
  private record Look() implements Signal {}

  /// An attempt came to its end.
  private record Answered(DueDelivery delivery, Instant at, PostResult result) implements Signal {}

  private final DeliveryStore store;
  private final WebhookPoster poster;
  private final Clock clock;
  private final DeliverySettings settings;
  private final RandomGenerator random;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final KeyQueue queue = new KeyQueue();
  private final List<Settled> unsettled = new ArrayList<>();
  private final Lease lease;
  private final Thread thread;
  private volatile OpenDestination destination;
  private volatile boolean stopping;
  private volatile boolean leaseLost;
  private boolean mayHaveMore = true;
  private @Nullable Instant quietUntil;
  // When the receiver asked for quiet.
  private long hastened;

  DestinationRunner(
      DeliveryStore store,
      WebhookPoster poster,
      Clock clock,
      DeliverySettings settings,
      RandomGenerator random,
      Lease lease,
      OpenDestination destination) {
    this.store = store;
    this.poster = poster;
    this.clock = clock;
    this.settings = settings;
    this.random = random;
    this.lease = lease;
    this.destination = destination;
    this.thread = Thread.ofVirtual().name("deliveries-" + destination.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Lease lease() {
    return lease;
  }

  /// Whether it ended because another node may have the destination.
  boolean lost() {
    return leaseLost;
  }

  /// Has it look whether there is something to do.
  void wake() {
    signals.add(new Look());
  }

  /// How the destination is now.
  void update(OpenDestination now) {
    boolean changed = !now.destination().equals(destination.destination());
    destination = now;
    if (changed || now.state() == Destination.State.DISABLED) {
      wake();
    }
  }

  /// Begins nothing new; what is on its way is settled.
  void stop() {
    stopping = true;
    wake();
  }

  boolean stopping() {
    return stopping;
  }

  /// Whether it came to its end.
  boolean ended() {
    return thread.getState() == Thread.State.TERMINATED;
  }

  /// Stops at once: what is on its way is not settled any more.
  void abandon() {
    leaseLost = true;
    stop();
  }

  /// @return whether it came to its end
  boolean join(Duration patience) throws InterruptedException {
    return thread.join(patience);
  }

  private void run() {
    try {
      while (!leaseLost && !(stopping && queue.onTheirWay() == 0)) {
        if (!stepOrPause()) {
          take(signals.poll(REST.toMillis(), TimeUnit.MILLISECONDS));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stepOrPause() throws InterruptedException {
    try {
      return step();
    } catch (StorageException e) {
      if (e.code() == StorageException.Code.LEASE_LOST) {
        leaseLost = true;
        LOG.info("destination {}: {}", destination.name(), e.getMessage());
        return true;
      }
      LOG.atLevel(StorageException.levelOf(e))
          .log("deliveries to {} wait for the database: {}", destination.name(), e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("delivering to {} failed, and is tried again", destination.name(), e);
    }
    mayHaveMore = true;
    // New signals stay in their queue meanwhile.
    Thread.sleep(PAUSE);
    return true;
  }

  /// @return whether there may be more to do at once
  private boolean step() {
    List<Signal> come = new ArrayList<>();
    signals.drainTo(come);
    come.forEach(this::take);
    boolean settled = settle();
    if (stopping) {
      return false;
    }
    return switch (destination.state()) {
      case ENABLED -> setOut() || settled;
      case PAUSED -> {
        queue.clear();
        yield false;
      }
      case DISABLED -> {
        queue.clear();
        yield queue.onTheirWay() == 0
            && store.bury(lease, destination.name(), BURIED_AT_ONCE, clock.instant())
                == BURIED_AT_ONCE;
      }
    };
  }

  private void take(@Nullable Signal signal) {
    if (signal instanceof Answered(DueDelivery delivery, Instant at, PostResult result)) {
      Attempt attempt =
          new Attempt(
              at, result.took().toMillis(), Attempts.status(result), Attempts.answer(result));
      Fate fate = Fate.of(delivery, result, settings.schedule(), clock.instant(), random);
      unsettled.add(new Settled(delivery, attempt, fate));
      // Behind one that waited, another one may be due now.
      mayHaveMore |= delivery.state() == DeliveryState.WAITING;
    } else {
      mayHaveMore = true;
    }
  }

  private boolean settle() {
    if (unsettled.isEmpty()) {
      return false;
    }
    // Whoever has them hastened after this is told that they are tried now.
    long before =
        unsettled.stream().anyMatch(one -> one.fate().quietUntil() != null)
            ? store.hastened(destination.name())
            : hastened;
    store.settle(lease, destination.name(), unsettled, clock.instant());
    for (Settled one : unsettled) {
      Fate fate = one.fate();
      queue.arrived(one.delivery(), !fate.state().finished());
      if (fate.quietUntil() != null) {
        quietUntil = fate.quietUntil();
        hastened = before;
      }
      tell(one);
    }
    unsettled.clear();
    // Passing by the many of a key is work: others that came meanwhile are looked for on signals.
    mayHaveMore = queue.crowded(MOST_OF_A_KEY).isEmpty() || mayHaveMore;
    return true;
  }

  private void tell(Settled one) {
    Fate fate = one.fate();
    if (fate.gone()) {
      // Known to all by the table; here at once.
      queue.clear();
      destination = destination.disabled(String.valueOf(fate.reason()));
    }
    if (fate.state() == DeliveryState.DEAD) {
      LOG.warn(
          "delivery {} to {} was given up: {}",
          one.delivery().id(),
          destination.name(),
          fate.reason());
    }
  }

  private boolean setOut() {
    Instant now = clock.instant();
    if (quietUntil != null
        && now.isBefore(quietUntil)
        && hastened == store.hastened(destination.name())) {
      return false;
    }
    quietUntil = null;
    boolean brought = read(now);
    List<DueDelivery> leaving = queue.setOut(settings.atOnce(), settings.mostBytes());
    if (leaving.isEmpty()) {
      return brought;
    }
    post(leaving);
    return true;
  }

  /// @return whether there was something
  private boolean read(Instant now) {
    if (!mayHaveMore
        || queue.ready() >= settings.atOnce()
        || queue.size() >= MOST_IN_MEMORY
        || queue.onTheirWay() >= settings.atOnce()) {
      return false;
    }
    int limit = settings.atOnce() * READ_AHEAD;
    List<DueDelivery> next =
        store.next(
            lease, destination.name(), queue.ids(), queue.crowded(MOST_OF_A_KEY), now, limit);
    next.forEach(queue::add);
    mayHaveMore = next.size() >= limit;
    return !next.isEmpty();
  }

  /// Whatever goes wrong from here on comes back as a signal, so that no key stays taken.
  private void post(List<DueDelivery> leaving) {
    OpenDestination to = destination;
    Map<Long, String> bodies;
    try {
      bodies = store.bodies(leaving);
    } catch (RuntimeException | Error e) {
      leaving.forEach(delivery -> queue.arrived(delivery, true));
      throw e;
    }
    for (DueDelivery delivery : leaving) {
      Optional<String> body = Optional.ofNullable(bodies.get(delivery.id()));
      if (body.isPresent()) {
        Thread.ofVirtual()
            .name("delivery-" + delivery.id())
            .start(() -> signals.add(post(delivery, to, body.get())));
      } else {
        Attempt none = new Attempt(clock.instant(), 0, null, "");
        unsettled.add(new Settled(delivery, none, Fate.skipped()));
      }
    }
  }

  private Answered post(DueDelivery delivery, OpenDestination to, String body) {
    Instant at = clock.instant();
    try {
      return new Answered(delivery, at, tryToPost(delivery, to, body));
    } catch (RuntimeException | Error e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Answered(delivery, at, new PostResult.Failed(reason, Duration.ZERO));
    }
  }

  private PostResult tryToPost(DueDelivery delivery, OpenDestination to, String body) {
    if (to.secrets().isEmpty()) {
      return new PostResult.Failed(String.valueOf(to.problem()), Duration.ZERO);
    }
    return poster.post(
        new WebhookPost(
            to.destination().url(),
            Envelope.id(delivery.position()),
            body,
            to.secrets(),
            delivery.replay() == null
                ? Map.of()
                : Map.of(FOLLOWS_REPLAY, delivery.replay().toString())));
  }
}
