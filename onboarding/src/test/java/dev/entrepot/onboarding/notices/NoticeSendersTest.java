package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Senders side by side, and senders that die.
class NoticeSendersTest extends NoticeWorld {
  @Test
  void whoDiesWhileSendingIsReplacedAndSettlesNothingMore() throws Exception {
    finish(vendor("bob@example.com", null));
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    NoticeSender first =
        sender(
            _ -> {
              taken.countDown();
              await(lost);
              return new Courier.GivenUp("too late");
            },
            webhooks());
    Thread stuck = Thread.ofVirtual().start(first::sendDue);
    await(taken);
    NoticeSender second = sender(_ -> new Courier.Sent(), webhooks());
    assertThat(second.sendDue()).isZero();
    clock.step(NoticeSender.Pace.DEFAULT.lease());
    assertThat(second.sendDue()).isEqualTo(1);
    lost.countDown();
    stuck.join();
    assertThat(only().state()).isEqualTo("sent");
    assertThat(only().attempts()).isEqualTo(2);
  }

  @Test
  void whenTheDatabaseGoesAwayDuringAnAttemptItIsRepeatedUnderTheSameId() {
    finish(vendor("bob@example.com", null));
    List<UUID> delivered = new ArrayList<>();
    NoticeSender sender =
        sender(
            notice -> {
              delivered.add(notice.id());
              if (delivered.size() == 1) {
                endSessions();
              }
              return new Courier.Sent();
            },
            webhooks());
    int _ = patiently(sender::sendDue);
    clock.step(NoticeSender.Pace.DEFAULT.lease());
    int _ = patiently(sender::sendDue);
    assertThat(patiently(this::only).state()).isEqualTo("sent");
    assertThat(delivered).hasSizeBetween(1, 2).containsOnly(patiently(this::only).id());
  }

  /// Again and again while the pool hands out connections that ended.
  private static <T> T patiently(Supplier<T> work) {
    while (true) {
      try {
        return work.get();
      } catch (StorageException e) {
        assertThat(e.code()).isEqualTo(StorageException.Code.UNAVAILABLE);
      }
    }
  }

  private void endSessions() {
    database.read(connection ->
        Sql.of(
                """
                select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """)
            .one(connection, row -> row.int8("ended")));
  }

  @Test
  void aCourierThatThrowsIsTriedAgain() {
    finish(vendor("bob@example.com", null));
    NoticeSender sender =
        sender(
            _ -> {
              throw new IllegalStateException("a defect");
            },
            webhooks());
    sender.sendDue();
    assertThat(only().state()).isEqualTo("queued");
    assertThat(only().lastError()).contains("a defect");
  }

  @Test
  void startedItSendsByItselfOneAtATimeToOneRecipient() throws Exception {
    Vendor vendor = vendor("bob@example.com", null);
    int count = 20;
    CountDownLatch sent = new CountDownLatch(count);
    AtomicInteger under = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Courier counting =
        _ -> {
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          under.decrementAndGet();
          sent.countDown();
          return new Courier.Sent();
        };
    try (NoticeSender sender = sender(counting, webhooks())) {
      sender.start();
      for (int i = 0; i < count; i++) {
        finish(vendor);
        sender.wake();
      }
      await(sent);
    }
    assertThat(most.get()).isEqualTo(1);
    assertThat(notices.list(null, null, null, 100).items())
        .hasSize(count)
        .allMatch(notice -> notice.state().equals("sent") && notice.attempts() == 1);
  }

  @Test
  void aSlowRecipientDoesNotHoldUpTheOthers() throws Exception {
    Vendor slow = vendor("slow@example.com", null);
    Vendor fast = Finished.vendor("Fast", "fast@example.com", null);
    CountDownLatch fastSent = new CountDownLatch(1);
    Courier mail =
        notice -> {
          if (notice.recipient().startsWith("slow")) {
            await(fastSent);
          } else {
            fastSent.countDown();
          }
          return new Courier.Sent();
        };
    finish(slow);
    finish(slow);
    finish(fast);
    try (NoticeSender sender = sender(mail, webhooks())) {
      sender.start();
      await(fastSent);
    }
    assertThat(fastSent.getCount()).isZero();
  }

  @Test
  void twoSendersShareTheWork() throws Exception {
    Vendor vendor = vendor("bob@example.com", null);
    for (int i = 0; i < 30; i++) {
      finish(vendor);
    }
    AtomicInteger sent = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(2);
    Runnable work =
        () -> {
          try {
            together.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          sender(
                  _ -> {
                    sent.incrementAndGet();
                    return new Courier.Sent();
                  },
                  webhooks())
              .sendDue();
        };
    Thread one = Thread.ofVirtual().start(work);
    Thread two = Thread.ofVirtual().start(work);
    one.join();
    two.join();
    assertThat(sent.get()).isEqualTo(30);
  }
}
