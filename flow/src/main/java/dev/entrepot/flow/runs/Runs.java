package dev.entrepot.flow.runs;

import dev.entrepot.flow.budgets.BudgetState;
import dev.entrepot.flow.budgets.Budgets;
import dev.entrepot.flow.budgets.RateLimit;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where runs are asked for, steered and looked at, on any node. Safe for use by many threads.
public final class Runs {
  private static final int LETTERS_AT_ONCE = 1_000;
  private static final int LATE_AT_ONCE = 100;

  private static final Sql PAUSE =
      Sql.of(
          """
          update flow_run
          set wish = case when state = 'running' then 'pause' end,
            state = case when state = 'queued' then 'paused' else state end
          where id = ? and state in ('queued', 'running') and wish is distinct from 'cancel'
          """);

  // One that never began waits in its queue again.
  private static final Sql RESUME =
      Sql.of(
          """
          update flow_run r
          set state = case when started_at is null then 'queued' else 'running' end, wish = null
          where id = ? and (state = 'paused' or state = 'running' and wish = 'pause')
            and (started_at is not null or applied or not exists (
              select from flow_run q where q.tenant = r.tenant and q.mode = r.mode
                and q.state = 'queued' and not q.applied))
          """);
  private static final Sql CANCEL =
      Sql.of(
          """
          update flow_run set state = 'running', wish = 'cancel'
          where id = ? and state in ('queued', 'running', 'paused', 'planned')
          """);
  private static final Sql APPLY =
      Sql.of(
          """
          update flow_run p set state = 'queued', applied = true, phase = 'load', started_at = null
          where id = ? and state = 'planned' and not exists (
            select from flow_run r where r.tenant = p.tenant and r.id <> p.id
              and r.started_at > p.read_from and (r.mode <> 'plan' or r.applied))
          """);
  private static final Sql FORGET =
      Sql.of(
          """
          with old as (
            select id from flow_run r
            where state in ('success', 'partial', 'failed', 'cancelled')
              and ended_at < clock_timestamp() - ?
              and exists (select from flow_exchange e where e.run = r.id)
            order by ended_at limit ?),
          calls as (delete from flow_call c using old where c.run = old.id),
          said as (delete from flow_exchange e using old where e.run = old.id returning e.run)
          select count(distinct run) as runs from said
          """);
  // The oldest first: what a later run says of a key goes after what an earlier one does.
  private static final Sql FORGET_RECORDS =
      Sql.of(
          """
          with old as (
            select id from flow_run
            where state in ('success', 'partial', 'failed', 'cancelled')
              and ended_at < clock_timestamp() - ? and forgotten_at is null
            order by ended_at limit ? for update skip locked),
          records as (delete from flow_record r using old where r.run = old.id),
          pages as (delete from flow_page p using old where p.run = old.id)
          update flow_run r set forgotten_at = clock_timestamp() from old where r.id = old.id
          """);

  private final Database database;
  private final FlowSpecs specs;
  private final Runnable wake;
  private final RunStore store = new RunStore();
  private final Ledger ledger;
  private final DeadLetters letters;
  private final ActivityLog activities;

  /// @param wake has this node's worker look at once
  public Runs(Database database, FlowSpecs specs, Runnable wake) {
    this.database = database;
    this.specs = specs;
    this.wake = wake;
    this.ledger = new Ledger(database);
    this.letters = new DeadLetters(database);
    this.activities = new ActivityLog(database);
  }

  /// Asks for a run. One that waits already for the same client in the same mode is given back
  /// instead of a second one.
  ///
  /// @param trigger why, such as `schedule`
  /// @throws RunException NO_SUCH_CLIENT
  /// @throws IllegalArgumentException when the client's configuration cannot be run
  public Run queue(String tenant, RunMode mode, String trigger, Actor actor) {
    FlowSpec spec = spec(tenant);
    Run run =
        database.<Run>write(connection -> {
          Optional<UUID> id = insert(connection, spec.name(), mode, trigger, actor);
          return find(
              connection, id.or(() -> store.queued(connection, tenant, mode)).orElseThrow());
        });
    wake.run();
    return run;
  }

  /// Asks for a run in a transaction of the caller's, who wakes the worker after it. A client whose
  /// configuration cannot be run gets one, too: it fails, and says why.
  ///
  /// @return false: another run of the client is queued, under way or paused
  /// @throws RunException NO_SUCH_CLIENT
  public boolean queueUnlessBusy(
      Connection transaction, String tenant, RunMode mode, String trigger, Actor actor) {
    FlowName name = specs.name(tenant).orElseThrow(() -> noSuchClient(tenant));
    return !store.busy(transaction, tenant)
        && insert(transaction, name, mode, trigger, actor).isPresent();
  }

  private FlowSpec spec(String tenant) {
    return specs.of(tenant).orElseThrow(() -> noSuchClient(tenant));
  }

  private static RunException noSuchClient(String tenant) {
    return new RunException(
        RunException.Code.NO_SUCH_CLIENT, "there is no client \"" + tenant + "\"; add it first");
  }

  /// Nothing: one is queued already.
  private Optional<UUID> insert(
      Connection connection, FlowName name, RunMode mode, String trigger, Actor actor) {
    UUID id = SortableId.next();
    if (!store.insert(connection, id, name, mode, trigger, actor.reference())) {
      return Optional.empty();
    }
    String label = RunStore.name(mode) + " run of " + name.tenant();
    ledger.open(connection, id, "run", name.tenant(), name.flow(), label);
    activities.record(
        connection, actor, "run.queue", "run/" + id, Map.of("client", name.tenant(), "mode", mode));
    return Optional.of(id);
  }

  /// Has a run lay down its work after the calls that are on their way.
  ///
  /// @throws RunException NO_SUCH_RUN; WRONG_STATE when it is over or to be cancelled
  public Run pause(UUID id, Actor actor) {
    return ask(PAUSE, id, actor, "run.pause", "only a queued or running run can be paused");
  }

  /// Has a paused run go on.
  ///
  /// @throws RunException NO_SUCH_RUN; WRONG_STATE when it does not pause, or never began and
  ///   another one like it waits meanwhile
  public Run resume(UUID id, Actor actor) {
    if (write(RESUME, id, actor, "run.resume")) {
      return find(id).orElseThrow(() -> noSuchRun(id));
    }
    Run run = find(id).orElseThrow(() -> noSuchRun(id));
    throw wrongState(
        run,
        run.state() == RunState.PAUSED
            ? "another %s run of client %s waits already: cancel one of them"
                .formatted(RunStore.name(run.mode()), run.tenant())
            : "only a paused run can be resumed");
  }

  /// Ends a run: what it has not written is skipped, and comes again with the next one.
  ///
  /// @throws RunException NO_SUCH_RUN; WRONG_STATE when it is over
  public Run cancel(UUID id, Actor actor) {
    return ask(CANCEL, id, actor, "run.cancel", "it is over already");
  }

  /// Carries a plan out: exactly what it shows, but for what has come to be at the destination
  /// since.
  ///
  /// @throws RunException NO_SUCH_RUN; WRONG_STATE when it is no plan that waits; PLAN_OUTDATED
  ///   when another run of the client has begun to write since
  public Run apply(UUID id, Actor actor) {
    Run plan = find(id).orElseThrow(() -> noSuchRun(id));
    if (plan.state() == RunState.PLANNED) {
      boolean applied = write(APPLY, id, actor, "run.apply");
      if (!applied) {
        UUID since = find(id).map(Run::overtakenBy).orElse(null);
        throw new RunException(
            RunException.Code.PLAN_OUTDATED,
            "%s of %s has begun since plan %s was made; make a new plan"
                .formatted(since == null ? "another run" : "run " + since, plan.tenant(), id));
      }
      return find(id).orElseThrow(() -> noSuchRun(id));
    }
    throw wrongState(plan, "only a plan that is made and not yet applied can be applied");
  }

  private Run ask(Sql change, UUID id, Actor actor, String action, String rule) {
    boolean changed = write(change, id, actor, action);
    Run run = find(id).orElseThrow(() -> noSuchRun(id));
    if (!changed) {
      throw wrongState(run, rule);
    }
    return run;
  }

  private boolean write(Sql change, UUID id, Actor actor, String action) {
    boolean changed =
        database.write(connection -> {
          boolean written = change.with(id).update(connection) == 1;
          if (written) {
            activities.record(connection, actor, action, "run/" + id, Map.of());
          }
          return written;
        });
    wake.run();
    return changed;
  }

  private static RunException noSuchRun(UUID id) {
    return new RunException(RunException.Code.NO_SUCH_RUN, "there is no run " + id);
  }

  private static RunException wrongState(Run run, String rule) {
    return new RunException(
        RunException.Code.WRONG_STATE,
        "run %s is %s; %s".formatted(run.id(), RunStore.name(run.state()), rule));
  }

  public Optional<Run> find(UUID id) {
    return database.read(connection -> store.find(connection, id));
  }

  private Run find(Connection connection, UUID id) {
    return store.find(connection, id).orElseThrow(() -> noSuchRun(id));
  }

  /// Runs, the newest first.
  ///
  /// @param tenant null: of all clients
  /// @param states empty: in any
  /// @param cursor as the page before gave it; null: from the newest
  /// @throws IllegalArgumentException when the cursor is none of ours
  public Page<Run> list(
      @Nullable String tenant, List<RunState> states, @Nullable String cursor, int size) {
    UUID before = cursor == null ? null : UUID.fromString(cursor);
    List<Run> found =
        database.read(connection -> store.list(connection, tenant, states, before, size + 1));
    return found.size() <= size
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, size), found.get(size - 1).id().toString());
  }

  /// The latest run of each client that there is, the newest first; what they did in each step is
  /// left out.
  public List<Run> latest() {
    return database.read(store::latest);
  }

  /// What carrying out a plan takes, by the client's configuration of now.
  public Forecast forecast(Run plan) {
    List<Forecast.StepCalls> steps =
        plan.steps().stream()
            .map(step ->
                new Forecast.StepCalls(
                    step.step(), step.title(), step.wanted(), step.fewestCalls()))
            .toList();
    long calls = steps.stream().mapToLong(Forecast.StepCalls::calls).sum();
    Duration least =
        specs
            .of(plan.tenant())
            .map(spec -> spec.settings().destinationLimit())
            .map(limit -> limit.least(calls))
            .orElse(Duration.ZERO);
    return new Forecast(steps, calls, least);
  }

  /// How many calls may be made to a side of a client's flow now; nothing: there is no limit.
  public Optional<BudgetState> budget(String tenant, RunObserver.Side side) {
    return specs
        .of(tenant)
        .flatMap(spec -> {
          boolean source = side == RunObserver.Side.SOURCE;
          FlowSettings settings = spec.settings();
          RateLimit limit = source ? settings.sourceLimit() : settings.destinationLimit();
          String account = tenant + "/" + (source ? spec.source() : spec.destination());
          return Optional.ofNullable(limit).map(kept -> new Budgets(database).state(account, kept));
        });
  }

  /// Has people told of runs that have been at work, or paused, for longer than a time: of each
  /// once, and again after it was paused or resumed.
  ///
  /// @param tell tells of one; when it fails, it is told again later
  public void tellLate(Duration longerThan, Consumer<Run> tell) {
    int _ =
        database.<Integer>write(connection -> {
          List<UUID> late = store.late(connection, longerThan, LATE_AT_ONCE);
          late.forEach(id -> tell.accept(store.find(connection, id).orElseThrow()));
          return late.size();
        });
  }

  /// What came of a run, with all its failures.
  ///
  /// @throws RunException NO_SUCH_RUN
  public RunResult result(UUID id) {
    Run run = find(id).orElseThrow(() -> noSuchRun(id));
    List<RunResult.Failure> failures = new ArrayList<>();
    List<DeadLetter> page = letters.list(id, null, null, 0, LETTERS_AT_ONCE);
    while (!page.isEmpty()) {
      page.forEach(letter -> failures.add(RunResult.Failure.of(letter)));
      page = letters.list(id, null, null, page.getLast().record(), LETTERS_AT_ONCE);
    }
    return RunResult.of(run, failures);
  }

  /// Forgets what was said, and which calls were made, in runs that ended long ago; their books,
  /// records and dead letters stay.
  ///
  /// @param most how many runs at a time
  /// @return of how many runs something was forgotten
  public long forgetExchanges(Duration olderThan, int most) {
    return database.write(
        connection -> FORGET.with(olderThan, most).one(connection, row -> row.int8("runs")));
  }

  /// Forgets what runs that ended long ago did with each record; their books, results and dead
  /// letters stay.
  ///
  /// @param most how many runs at a time
  /// @return of how many runs something was forgotten
  public long forgetRecords(Duration olderThan, int most) {
    return database.<Integer>write(
        connection -> FORGET_RECORDS.with(olderThan, most).update(connection));
  }
}
