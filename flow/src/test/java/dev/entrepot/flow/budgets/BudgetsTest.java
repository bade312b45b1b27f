package dev.entrepot.flow.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.LimitNotice;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  private static final Duration PER = Duration.ofMillis(300);

  /// Of tests that are over long before, however busy the machine is.
  private static final Duration WINDOW = Duration.ofMinutes(10);

  /// Keeps every call, which the table of calls forgets once it is past.
  private static final List<String> KEEP_ALL =
      List.of(
          "create table seen (at timestamptz not null)",
          """
          create function see() returns trigger language plpgsql security definer as $$
          begin
            insert into public.seen values (new.at);
            return null;
          end $$
          """,
          """
          create trigger see after insert on flow_budget_call
          for each row execute function see()
          """);

  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private List<Instant> counted() {
    return database.read(connection ->
        Sql.of("select at from flow_budget_call order by number")
            .list(connection, row -> row.instant("at")));
  }

  /// Several threads of two nodes: by the server's clock, no window holds more than the limit.
  @RepeatedTest(3)
  void neverMoreThanTheLimitInAnyWindow(RepetitionInfo repetition)
      throws InterruptedException, ExecutionException {
    Random random = new Random(repetition.getCurrentRepetition());
    int limit = 1 + random.nextInt(8);
    int calls = 3 * limit + random.nextInt(limit);
    List<Budgets> nodes = List.of(new Budgets(database), new Budgets(database));
    KEEP_ALL.forEach(sql -> database.<Integer>write(connection -> Sql.of(sql).update(connection)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        Budget budget = nodes.get(i % 2).of("acme", "acme/kong", new RateLimit(limit, PER));
        all.add(
            threads.submit(() -> {
              budget.take();
              return null;
            }));
      }
      for (Future<?> one : all) {
        Object _ = one.get();
      }
    }
    List<Instant> times =
        database.read(connection ->
            Sql.of("select at from seen order by at").list(connection, row -> row.instant("at")));
    assertThat(times).hasSize(calls);
    for (int i = limit; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - limit), times.get(i))).isGreaterThanOrEqualTo(PER);
    }
  }

  /// What the server answers, not how long it took: a free budget is had at once, a full one names
  /// the very moment at which the oldest call leaves the window.
  @Test
  void waitsNoLongerThanTheWindowDemands() {
    for (int i = 0; i < 5; i++) {
      assertThat(ask()).isZero();
    }
    Instant oldest = counted().getFirst();
    long wait = ask();
    Instant now =
        database.read(connection ->
            Sql.of("select clock_timestamp() as now").one(connection, row -> row.instant("now")));
    assertThat(wait).isPositive();
    assertThat(now.minusNanos(1).plusNanos(wait * 1_000)).isAfterOrEqualTo(oldest.plus(WINDOW));
    assertThat(wait).isLessThanOrEqualTo(micros(WINDOW));
  }

  private long ask() {
    return database.write(connection ->
        Sql.of("select flow_budget_take('acme/wms', 'acme', 5, ?) as wait")
            .with(WINDOW)
            .one(connection, row -> row.int8("wait")));
  }

  @Test
  void heedsPausesAndLowerLimitsOnAllNodes() {
    Budget here = new Budgets(database).of("acme", "acme/wms", new RateLimit(5, WINDOW));
    assertThat(ask()).isZero();
    here.learn(LimitNotice.pause(Duration.ofMinutes(30)));
    assertThat(ask()).isBetween(micros(WINDOW) + 1, micros(Duration.ofMinutes(30)));
    int _ =
        database.<Integer>write(
            connection -> Sql.of("update flow_budget set paused_until = null").update(connection));
    here.learn(new LimitNotice(null, 2, WINDOW, 1, WINDOW));
    assertThat(ask()).isZero();
    assertThat(ask()).isPositive();
    here.learn(new LimitNotice(null, null, null, 0, Duration.ofDays(3)));
    assertThat(ask()).isBetween(micros(WINDOW) + 1, micros(Duration.ofHours(1)));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  @Test
  void anInterruptEndsTheWaitAndNothingIsCounted() throws InterruptedException {
    Budget budget = new Budgets(database).of("acme", "acme/wms", new RateLimit(1, WINDOW));
    budget.take();
    Thread.currentThread().interrupt();
    assertThatThrownBy(budget::take).isInstanceOf(InterruptedException.class);
    assertThat(counted()).hasSize(1);
  }

  @Test
  void withoutALimitNothingIsAsked() throws InterruptedException {
    Budget budget = new Budgets(database).of("acme", "acme/wms", null);
    database.close();
    for (int i = 0; i < 1_000; i++) {
      budget.take();
    }
    budget.learn(LimitNotice.pause(Duration.ofMillis(5)));
    budget.take();
  }
}
