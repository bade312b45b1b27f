package dev.entrepot.inbox.feeds;

import dev.entrepot.kit.naming.Names;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What became of fetching the events of one connection on this node. Logs when a problem appears
/// and when it goes, and now and then when it changes. Safe for use by many threads.
final class FeedJournal {
  private static final Logger LOG = LoggerFactory.getLogger(FeedJournal.class);
  private static final Duration PACE = Duration.ofSeconds(15);
  private static final Duration TELL_AGAIN = Duration.ofMinutes(10);

  /// Messages that could not be kept or deleted come again within that time, to whoever fetches.
  private static final Duration FORGOTTEN = Duration.ofMinutes(3);

  /// Where something went wrong; it is mended when that step succeeds.
  enum Step {
    FETCH,
    KEEP
  }

  /// @param met when it was last met
  private record Problem(Step step, String words, Instant since, Instant met) {}

  private final String connection;
  private final String node;
  private final Clock clock;
  private @Nullable Instant answeredAt;
  private @Nullable Instant receivedAt;
  private @Nullable Problem problem;
  private Instant written = Instant.EPOCH;
  private Instant told = Instant.EPOCH;
  private boolean changed;

  FeedJournal(String connection, String node, Clock clock) {
    this.connection = connection;
    this.node = node;
    this.clock = clock;
  }

  /// The feed answered.
  synchronized void answered(int messages) {
    Instant now = clock.instant();
    answeredAt = now;
    if (messages > 0) {
      changed |= receivedAt == null;
      receivedAt = now;
    } else if (problem != null && problem.met().plus(FORGOTTEN).isBefore(now)) {
      mended(Step.KEEP);
    }
    mended(Step.FETCH);
  }

  /// All that was fetched is kept, and deleted where it was.
  synchronized void kept() {
    mended(Step.KEEP);
  }

  private void mended(Step step) {
    if (problem != null && problem.step() == step) {
      LOG.info("connection {}: events are fetched again", connection);
      problem = null;
      changed = true;
    }
  }

  synchronized void trouble(Step step, String reason) {
    String words = Names.words(reason);
    Instant now = clock.instant();
    if (problem == null || !problem.words().equals(words)) {
      changed = true;
      if (problem == null || told.plus(TELL_AGAIN).isBefore(now)) {
        LOG.warn("connection {}: {}", connection, words);
        told = now;
      }
    }
    problem = new Problem(step, words, problem == null ? now : problem.since(), now);
  }

  /// Nothing is fetched any more, on purpose.
  synchronized void stopped() {
    changed |= problem != null;
    problem = null;
  }

  /// The state, if it is time to write it: something changed, or it was written long ago.
  synchronized Optional<FeedState> due(boolean running) {
    Instant now = clock.instant();
    if (!changed && !(running && written.plus(PACE).isBefore(now))) {
      return Optional.empty();
    }
    changed = false;
    written = now;
    return Optional.of(
        new FeedState(
            connection,
            node,
            answeredAt,
            receivedAt,
            problem == null ? null : problem.words(),
            problem == null ? null : problem.since(),
            now));
  }

  /// It was not written after all.
  synchronized void unwritten() {
    changed = true;
  }
}
