package dev.entrepot.flow.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.schedules.RunStart.Answer;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DueSchedulesTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final DueSchedules schedules = new DueSchedules(database);
  private final List<Due> begun = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void beginsEachTimeOnce() {
    set("acme", "rate(1 hour)", CatchUp.ONCE);

    assertThat(schedules.startDue(at(59), this::start)).isEmpty();
    assertThat(schedules.startDue(at(60), this::start)).containsExactly(new Due("acme", at(60), 0));
    assertThat(schedules.startDue(at(61), this::start)).isEmpty();
    ScheduleState state =
        database.read(connection -> schedules.find(connection, "acme")).orElseThrow();
    assertThat(state.next()).isEqualTo(at(120));
    assertThat(state.last()).isEqualTo(at(60));
  }

  @Test
  void catchesUpAsItIsTold() {
    set("once", "rate(1 hour)", CatchUp.ONCE);
    set("skip", "rate(1 hour)", CatchUp.SKIP);
    set("all", "rate(1 hour)", CatchUp.ALL);
    Instant late = at(5 * 60 + 30);

    assertThat(schedules.startDue(late, this::start))
        .containsExactlyInAnyOrder(new Due("once", at(60), 4), new Due("all", at(60), 0));
    assertThat(schedules.startDue(late, this::start)).containsExactly(new Due("all", at(120), 0));
    assertThat(schedules.startDue(at(6 * 60), this::start))
        .containsExactlyInAnyOrder(
            new Due("once", at(360), 0), new Due("skip", at(360), 0), new Due("all", at(180), 0));
  }

  @Test
  void catchesUpWithABound() {
    set("all", "rate(1 minute)", CatchUp.ALL);

    assertThat(schedules.startDue(at(500), this::start))
        .containsExactly(new Due("all", at(500 - DueSchedules.MOST_CAUGHT_UP + 1), 0));
  }

  @Test
  void catchesUpTheLatestHoweverManyPassed() {
    set("all", "rate(1 minute)", CatchUp.ALL);
    int passed = 5 * DueSchedules.MOST_COUNTED;

    assertThat(schedules.startDue(at(passed), this::start))
        .containsExactly(new Due("all", at(passed - DueSchedules.MOST_CAUGHT_UP + 1), 0));
  }

  @Test
  void waitsForTheRunThatIsUnderWay() {
    set("acme", "rate(1 hour)", CatchUp.ONCE);

    assertThat(schedules.startDue(at(60), (_, _) -> Answer.BUSY)).isEmpty();
    assertThat(schedules.startDue(at(75), this::start)).containsExactly(new Due("acme", at(60), 0));
  }

  @Test
  void oneThatCannotBeginKeepsNobodyWaiting() {
    set("bad", "rate(1 hour)", CatchUp.ONCE);
    set("good", "rate(1 hour)", CatchUp.ONCE);

    List<Due> started =
        schedules.startDue(
            at(60),
            (transaction, due) -> {
              if (due.tenant().equals("bad")) {
                throw new IllegalStateException("the client's mapping is missing");
              }
              return start(transaction, due);
            });

    assertThat(started).extracting(Due::tenant).containsExactly("good");
    assertThat(schedules.startDue(at(61), this::start))
        .extracting(Due::tenant)
        .containsExactly("bad");
  }

  @Test
  void nodesShareTheWorkWithoutDoingAnythingTwice() throws Exception {
    for (int client = 0; client < 20; client++) {
      set("client-" + client, "rate(1 hour)", CatchUp.ONCE);
    }
    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int node = 0; node < 4; node++) {
        var _ = nodes.submit(() -> schedules.startDue(at(60), this::start));
      }
    }
    int _ = schedules.startDue(at(60), this::start).size();

    assertThat(begun).extracting(Due::tenant).doesNotHaveDuplicates().hasSize(20);
  }

  @Test
  void keepsItsTimesUnlessItChanges() {
    set("acme", "rate(6 hours)", CatchUp.ONCE);
    set("acme", "rate(6 hours)", CatchUp.SKIP, true, at(60));
    assertThat(schedules.all()).extracting(ScheduleState::next).containsExactly(at(360));

    set("acme", "rate(6 hours)", CatchUp.SKIP, false, at(60));
    assertThat(schedules.startDue(at(400), this::start)).isEmpty();
    set("acme", "rate(6 hours)", CatchUp.SKIP, true, at(800));
    assertThat(schedules.all()).extracting(ScheduleState::next).containsExactly(at(1080));

    set("acme", "rate(2 hours)", CatchUp.SKIP, true, at(800));
    assertThat(schedules.all()).extracting(ScheduleState::next).containsExactly(at(920));
    assertThat(
            database.<Boolean>write(transaction -> {
              schedules.remove(transaction, "acme");
              return schedules.find(transaction, "acme").isEmpty();
            }))
        .isTrue();
  }

  private Answer start(java.sql.Connection transaction, Due due) {
    begun.add(due);
    return Answer.STARTED;
  }

  private void set(String tenant, String expression, CatchUp catchUp) {
    set(tenant, expression, catchUp, true, START);
  }

  private void set(String tenant, String expression, CatchUp catchUp, boolean active, Instant now) {
    int _ =
        database.write(transaction -> {
          int rows =
              Sql.of(
                      """
                      insert into flow_client (tenant, name, enabled, product_type, mapping, config,
                        created_at, updated_at, updated_by)
                      values (?, '', true, 'kong', '', '{}', now(), now(), '') on conflict do nothing
                      """)
                  .with(tenant)
                  .update(transaction);
          schedules.set(
              transaction,
              tenant,
              new SchedulePlan(expression, ZoneOffset.UTC, catchUp),
              active,
              now);
          return rows;
        });
  }

  private static Instant at(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }
}
