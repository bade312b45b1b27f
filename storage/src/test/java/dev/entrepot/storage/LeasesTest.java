package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.StorageException.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final Leases leases = new Leases(database, Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void belongsToOneHolderAtATime() {
    Lease lease = leases.acquire("watch", "a", MINUTE).orElseThrow();
    assertThat(lease).isEqualTo(new Lease("watch", "a", 1, NOW.plus(MINUTE)));
    assertThat(leases.acquire("watch", "b", MINUTE)).isEmpty();
    assertThat(leases.acquire("watch", "a", MINUTE)).isEmpty();
    assertThat(leases.acquire("other", "b", MINUTE)).isPresent();
  }

  @Test
  void goesToAnotherWhenItRanOut() {
    Lease first = leases.acquire("watch", "a", MINUTE).orElseThrow();
    expire("watch");
    require(first);
    Lease second = leases.acquire("watch", "b", MINUTE).orElseThrow();
    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(leases.renew(first, MINUTE)).isFalse();
    assertLost(first);
    require(second);
    leases.release(first);
    require(second);
  }

  @Test
  void canBeRenewedUntilSomebodyElseTakesIt() {
    Lease lease = leases.acquire("watch", "a", MINUTE).orElseThrow();
    expire("watch");
    assertThat(leases.renew(lease, MINUTE)).isTrue();
    assertThat(leases.acquire("watch", "b", MINUTE)).isEmpty();
  }

  @Test
  void isFreeAndLostOnceReleased() {
    Lease first = leases.acquire("watch", "a", MINUTE).orElseThrow();
    leases.release(first);
    assertLost(first);
    Lease second = leases.acquire("watch", "b", MINUTE).orElseThrow();
    assertThat(second.token()).isGreaterThan(first.token());
    leases.release(first);
    require(second);
  }

  @Test
  void givesBackAllOfOneHolder() {
    Lease mine = leases.acquire("one", "a", MINUTE).orElseThrow();
    assertThat(leases.acquire("two", "a", MINUTE)).isPresent();
    Lease other = leases.acquire("three", "b", MINUTE).orElseThrow();
    assertThat(leases.releaseAll("a", "t")).isEqualTo(1);
    assertThat(leases.releaseAll("a", "")).isEqualTo(1);
    assertLost(mine);
    require(other);
    assertThat(leases.acquire("one", "b", MINUTE)).isPresent();
  }

  @Test
  void goesToOneOfManyWhoAskAtOnce() throws Exception {
    leases.release(leases.acquire("watch", "before", MINUTE).orElseThrow());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Optional<Lease>>> asks =
          Stream.of("a", "b", "c", "d", "e", "f")
              .<Callable<Optional<Lease>>>map(
                  holder -> () -> leases.acquire("watch", holder, MINUTE))
              .toList();
      int holders = 0;
      for (Future<Optional<Lease>> answer : threads.invokeAll(asks)) {
        holders += answer.get().isPresent() ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
    }
  }

  @Test
  void isNotTakenOverDuringATransactionThatRequiresIt() throws Exception {
    Lease lease = leases.acquire("watch", "a", MINUTE).orElseThrow();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<Lease>> takeOver =
          database.write(transaction -> {
            leases.require(transaction, lease);
            // Neither a renewal nor the refusal of a lease that runs waits for us.
            assertThat(leases.renew(lease, MINUTE)).isTrue();
            assertThat(leases.acquire("watch", "b", MINUTE)).isEmpty();
            expire("watch");
            Future<Optional<Lease>> waiting =
                threads.submit(() -> leases.acquire("watch", "b", MINUTE));
            awaitBlockedSession();
            assertThat(waiting.isDone()).isFalse();
            leases.require(transaction, lease);
            return waiting;
          });
      assertThat(takeOver.get()).isPresent();
      assertLost(lease);
    }
  }

  @Test
  void undoesTheWorkOfAHolderThatLostIt() {
    database.write(c -> Sql.of("create table work (n int)").update(c));
    Lease lost = leases.acquire("watch", "a", MINUTE).orElseThrow();
    expire("watch");
    assertThat(leases.acquire("watch", "b", MINUTE)).isPresent();
    assertThat(
            Thrown.by(() ->
                    database.write(c -> {
                      Sql.of("insert into work values (1)").updateOne(c);
                      leases.require(c, lost);
                      return true;
                    }))
                .code())
        .isEqualTo(Code.LEASE_LOST);
    long rows =
        database.read(c -> Sql.of("select count(*) as n from work").one(c, row -> row.int8("n")));
    assertThat(rows).isZero();
  }

  @Test
  void takesRenewsRequiresAndReleasesSeveralAtOnce() {
    Lease taken = leases.acquire("b", "other", MINUTE).orElseThrow();
    List<Lease> held = leases.acquireAll(List.of("c", "b", "a"), "me", MINUTE);
    assertThat(held).extracting(Lease::name).containsExactlyInAnyOrder("a", "c");
    assertThat(leases.acquireAll(List.of("a", "c"), "other", MINUTE)).isEmpty();
    database.write(c -> {
      leases.requireAll(c, held);
      return true;
    });
    leases.releaseAll(List.of(held.getFirst()));
    assertThat(leases.renewAll(held, MINUTE))
        .extracting(Lease::name)
        .containsExactly(held.getLast().name());
    assertThat(
            Thrown.by(() ->
                    database.write(c -> {
                      leases.requireAll(c, held);
                      return true;
                    }))
                .code())
        .isEqualTo(Code.LEASE_LOST);
    require(taken);
    assertThat(leases.held(List.of("a", "b", "c", "d")))
        .containsExactlyInAnyOrder("b", held.getLast().name());
    assertThat(leases.acquireAll(List.of("a", "c"), "other", MINUTE)).hasSize(1);
  }

  @Test
  void refusesSenselessArguments() {
    assertThatThrownBy(() -> leases.acquire("watch", "a", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> leases.acquire("watch", "", MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void require(Lease lease) {
    database.write(c -> {
      leases.require(c, lease);
      return true;
    });
  }

  private void assertLost(Lease lease) {
    StorageException thrown = Thrown.by(() -> require(lease));
    assertThat(thrown.code()).isEqualTo(Code.LEASE_LOST);
    assertThat(thrown).hasMessageContaining(lease.name()).hasMessageContaining(lease.holder());
  }

  private void expire(String name) {
    database.write(c -> {
      Sql.of("update lease set until = clock_timestamp() where name = ?").with(name).updateOne(c);
      return true;
    });
  }

  private void awaitBlockedSession() {
    Sql blocked =
        Sql.of(
            """
            select count(*) as n from pg_stat_activity
            where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0
            """);
    long sessions = 0;
    while (sessions == 0) {
      sessions = database.read(c -> blocked.one(c, row -> row.int8("n")));
    }
  }
}
