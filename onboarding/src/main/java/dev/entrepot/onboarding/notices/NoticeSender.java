package dev.entrepot.onboarding.notices;

import dev.entrepot.onboarding.notices.Notices.Notice;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what [NoticeOutbox] wrote. A notice is claimed for the time of its attempt and settled
/// after it; when the program dies in between, the claim runs out and it is tried again. So each is
/// delivered **at least once**; repeats carry the same `webhook-id` or `Message-ID`. Any number of
/// nodes may send side by side. To one recipient a node sends one at a time.
public final class NoticeSender implements AutoCloseable {

  /// How it works.
  ///
  /// @param poll how often it looks for due notices when nobody wakes it
  /// @param atOnce how many are delivered at the same time
  /// @param lease how long a claimed notice is left alone; longer than any attempt
  public record Pace(Duration poll, int atOnce, Duration lease, BackOff mail, BackOff webhook) {
    public static final Pace DEFAULT =
        new Pace(Duration.ofSeconds(2), 8, Duration.ofMinutes(5), BackOff.MAIL, BackOff.WEBHOOK);
  }

  private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private static final Sql CLAIM =
      Sql.of(
          """
          update notice set attempts = attempts + 1, next_attempt_at = ?
          where id = (
            select id from notice
            where state = 'queued' and next_attempt_at <= ? and recipient <> all (?)
            order by next_attempt_at, id
            limit 1
            for update skip locked)
          returning *
          """);

  // The number of the attempt fences: who lost the claim settles nothing.
  private static final Sql SETTLE =
      Sql.of(
          """
          update notice
          set state = ?, last_error = ?, next_attempt_at = ?, sent_at = ?, attempts = ?
          where id = ? and attempts = ? and state = 'queued'
          """);

  private final Database database;
  private final Clock clock;
  private final Courier mail;
  private final Courier webhook;
  private final Pace pace;
  private final OldNotices old;
  private final Semaphore slots;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private @Nullable Thread loop;

  /// @param mail [Courier#keeping()] when there is no mail server
  public NoticeSender(Database database, Clock clock, Courier mail, Courier webhook, Pace pace) {
    this.database = database;
    this.clock = clock;
    this.mail = mail;
    this.webhook = webhook;
    this.pace = pace;
    this.old = new OldNotices(database, clock);
    this.slots = new Semaphore(pace.atOnce());
  }

  /// Starts sending, until [#close()].
  public synchronized void start() {
    if (loop != null) {
      throw new IllegalStateException("sending of notices was started already");
    }
    loop = Thread.ofVirtual().name("notices").start(this::run);
  }

  /// Has it look for due notices at once, for instance after one was written.
  public void wake() {
    wakeUp.release();
  }

  /// Stops: nothing new is begun, what is under way gets ten seconds. What is not settled then is
  /// sent again once its claim has run out.
  @Override
  public synchronized void close() {
    Thread running = loop;
    if (running == null || stopping) {
      return;
    }
    stopping = true;
    wake();
    long deadline = System.nanoTime() + STOPPING.toNanos();
    try {
      boolean stopped = running.join(STOPPING);
      long left = deadline - System.nanoTime();
      if (!stopped || !slots.tryAcquire(pace.atOnce(), left, TimeUnit.NANOSECONDS)) {
        LOG.warn(
            "stopped while {} notices were on their way; they are sent again after {}",
            pace.atOnce() - slots.availablePermits(),
            pace.lease());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        slots.acquire();
        Optional<Notice> due = stopping ? Optional.empty() : claimOrWarn();
        if (due.isPresent()) {
          deliverAside(due.get());
        } else {
          slots.release();
          old.look();
          pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause() throws InterruptedException {
    if (stopping) {
      return;
    }
    if (wakeUp.tryAcquire(pace.poll().toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUp.drainPermits();
    }
  }

  private void deliverAside(Notice notice) {
    busy.add(notice.recipient());
    Thread.ofVirtual()
        .name("notice-" + notice.id())
        .start(() -> {
          try {
            deliver(notice);
          } finally {
            busy.remove(notice.recipient());
            slots.release();
            wake();
          }
        });
  }

  /// Delivers everything that is due now, one by one, in the caller's thread.
  ///
  /// @return how many attempts were made
  int sendDue() {
    int attempts = 0;
    for (Optional<Notice> due = claim(); due.isPresent(); due = claim()) {
      deliver(due.get());
      attempts++;
    }
    return attempts;
  }

  private Optional<Notice> claimOrWarn() {
    try {
      return claim();
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log(
              "cannot look for notices to send, trying again in {} s: {}",
              pace.poll().toSeconds(),
              e.getMessage());
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      LOG.error(
          "looking for notices to send failed, trying again in {} s", pace.poll().toSeconds(), e);
      return Optional.empty();
    }
  }

  private Optional<Notice> claim() {
    Instant now = clock.instant();
    return database.write(transaction ->
        CLAIM
            .with(now.plus(pace.lease()), now, List.copyOf(busy))
            .first(transaction, NoticeRow::read));
  }

  private void deliver(Notice notice) {
    try {
      settle(notice, attempt(notice));
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log(
              "what became of notice {} could not be kept; it is sent again after {}: {}",
              notice.id(),
              pace.lease(),
              e.getMessage());
    }
  }

  private Courier.Delivery attempt(Notice notice) {
    try {
      return courier(notice).deliver(notice);
    } catch (RuntimeException | Error e) {
      LOG.error("sending notice {} to {} failed", notice.id(), notice.recipient(), e);
      return new Courier.Later(String.valueOf(e), null);
    }
  }

  private Courier courier(Notice notice) {
    return notice.channel().equals(NoticeRow.MAIL) ? mail : webhook;
  }

  private void settle(Notice notice, Courier.Delivery delivery) {
    switch (delivery) {
      case Courier.Sent() -> {
        Instant now = clock.instant();
        settle(notice, "sent", null, now, now, notice.attempts());
        LOG.info("notice {} sent by {}", notice.id(), notice.channel());
      }
      case Courier.Kept() ->
          settle(notice, "kept", null, clock.instant(), null, notice.attempts() - 1);
      case Courier.GivenUp(String reason) -> giveUp(notice, reason);
      case Courier.Later(String reason, Duration after) -> {
        BackOff backOff = notice.channel().equals(NoticeRow.MAIL) ? pace.mail() : pace.webhook();
        Instant now = clock.instant();
        Duration age = Duration.between(notice.createdAt(), now);
        Optional<Duration> wait =
            backOff.next(notice.attempts(), age, after, ThreadLocalRandom.current());
        if (wait.isPresent()) {
          settle(notice, "queued", reason, now.plus(wait.get()), null, notice.attempts());
          LOG.info(
              "notice {} not sent at attempt {}, again in {} s: {}",
              notice.id(),
              notice.attempts(),
              wait.get().toSeconds(),
              reason);
        } else {
          giveUp(notice, reason);
        }
      }
    }
  }

  private void giveUp(Notice notice, String reason) {
    settle(notice, "failed", reason, clock.instant(), null, notice.attempts());
    LOG.warn(
        "notice {} by {} given up after {} attempts: {}",
        notice.id(),
        notice.channel(),
        notice.attempts(),
        reason);
  }

  private void settle(
      Notice notice,
      String state,
      @Nullable String error,
      Instant nextAttemptAt,
      @Nullable Instant sentAt,
      int attempts) {
    String shown = error == null ? null : Display.line(error, 1_000);
    int settled =
        database.write(transaction ->
            SETTLE
                .with(state, shown, nextAttemptAt, sentAt, attempts, notice.id(), notice.attempts())
                .update(transaction));
    if (settled == 0) {
      LOG.warn(
          "notice {} was claimed by another sender meanwhile; it may have been sent twice",
          notice.id());
    }
  }
}
