package dev.entrepot.kit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.kit.remote.CircuitBreaker.Leave;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private final CircuitBreaker breaker = new CircuitBreaker(3);

  private static Clock at(int second) {
    return Clock.fixed(START.plusSeconds(second), ZoneOffset.UTC);
  }

  private void fail(int second) throws InterruptedException {
    breaker.failed(given(second), at(second).instant());
  }

  private Leave.Given given(int second) throws InterruptedException {
    assertThat(breaker.ask(at(second))).isInstanceOf(Leave.Given.class);
    return (Leave.Given) breaker.ask(at(second));
  }

  @Test
  void opensAfterFailuresInARowOnly() throws InterruptedException {
    fail(0);
    fail(0);
    breaker.answered(given(0));
    fail(0);
    fail(0);
    fail(0);
    assertThat(breaker.ask(at(0)))
        .isEqualTo(new Leave.Refused(START.plusSeconds(1), Duration.ofSeconds(1)));
  }

  @Test
  void pausesGrowToOneMinute() throws InterruptedException {
    open();
    int second = 1;
    for (int pause = 2; pause <= 256; pause *= 2) {
      Leave.Given trial = (Leave.Given) breaker.ask(at(second));
      assertThat(trial.trial()).isTrue();
      breaker.failed(trial, at(second).instant());
      int expected = Math.min(pause, 60);
      assertThat(breaker.ask(at(second)))
          .isEqualTo(
              new Leave.Refused(
                  START.plusSeconds(second + expected), Duration.ofSeconds(expected)));
      second += expected;
    }
  }

  @Test
  void othersWaitForTheTrial() throws Exception {
    open();
    Leave.Given trial = (Leave.Given) breaker.ask(at(1));
    FutureTask<Leave> other = new FutureTask<>(() -> breaker.ask(at(1)));
    Thread thread = Thread.ofVirtual().start(other);
    awaitWaiting(thread);
    breaker.answered(trial);
    assertThat(other.get()).isEqualTo(new Leave.Given(false));
  }

  @Test
  void aTrialThatWasNotMadeIsMadeByAnother() throws Exception {
    open();
    Leave.Given trial = (Leave.Given) breaker.ask(at(1));
    FutureTask<Leave> other = new FutureTask<>(() -> breaker.ask(at(1)));
    Thread thread = Thread.ofVirtual().start(other);
    awaitWaiting(thread);
    breaker.unused(trial);
    assertThat(other.get()).isEqualTo(new Leave.Given(true));
  }

  @Test
  void zeroNeverOpens() throws InterruptedException {
    CircuitBreaker never = new CircuitBreaker(0);
    for (int i = 0; i < 50; i++) {
      never.failed((Leave.Given) never.ask(at(0)), START);
    }
    assertThat(never.ask(at(0))).isEqualTo(new Leave.Given(false));
  }

  private void open() throws InterruptedException {
    fail(0);
    fail(0);
    fail(0);
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(5_000_000);
    }
  }
}
