package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.model.SortableId;
import dev.entrepot.spi.event.Body;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What operators see of dead letters, and do about them. Every act is one transaction, recorded in
/// the activity log. Safe for use by many threads and nodes.
public final class DeadLetterDesk {
  private static final int SAMPLE = 20;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int AT_ONCE = 1_000;

  /// As [DeadEvent#of] reads them; to be narrowed.
  static final String COLUMNS =
      """
      select *, body is not null as edited, inbox_tenant(connection) as tenant,
        (select e.handed_topic from inbox_event e
          where e.position = inbox_dead_letter.position) as handed_topic,
        (select e.handed_key from inbox_event e
          where e.position = inbox_dead_letter.position) as handed_key
      from inbox_dead_letter where true\
      """;

  private static final Sql EDITED =
      Sql.of("select by, at from inbox_edit where letter = ? order by id desc");

  /// An edit of a dead letter's body.
  public record Edit(Body body, String by, Instant at) {}

  private final Database database;
  private final EventLog log;
  private final ActivityLog activities;
  private final LetterActs acts;
  private final Runnable acted;
  private final int atOnce;

  /// @param acted called after each act, so that it is looked at soon; see [Lanes#wake]
  public DeadLetterDesk(
      Database database, EventLog log, Ledger ledger, ActivityLog activities, Runnable acted) {
    this(database, log, ledger, activities, acted, AT_ONCE);
  }

  /// @param atOnce how many letters a transaction is about at most
  DeadLetterDesk(
      Database database,
      EventLog log,
      Ledger ledger,
      ActivityLog activities,
      Runnable acted,
      int atOnce) {
    this.atOnce = atOnce;
    this.database = database;
    this.log = log;
    this.activities = activities;
    this.acts = new LetterActs(ledger);
    this.acted = acted;
  }

  /// Dead letters, newest first.
  ///
  /// @throws InboxException INVALID when the cursor is none
  public Page<DeadEvent> list(DeadEventFilter filter, @Nullable String cursor, int size) {
    long before = cursor == null ? Long.MAX_VALUE : before(cursor);
    List<DeadEvent> found =
        database.read(connection ->
            filter
                .narrow(COLUMNS, "and id < ? order by id desc limit ?", before, size + 1)
                .list(connection, DeadEvent::of));
    boolean more = found.size() > size;
    List<DeadEvent> shown = more ? found.subList(0, size) : found;
    return new Page<>(shown, more ? Long.toString(shown.getLast().id()) : null);
  }

  private static long before(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new InboxException(
          InboxException.Code.INVALID,
          "cursor",
          "the cursor is not one that a page of this list gave; start again without one");
    }
  }

  /// @throws InboxException NOT_FOUND
  public DeadEvent find(long id) {
    return database
        .read(
            connection -> Sql.of(COLUMNS + " and id = ?").with(id).first(connection, DeadEvent::of))
        .orElseThrow(() ->
            new InboxException(InboxException.Code.NOT_FOUND, "there is no dead letter " + id));
  }

  /// Those of these dead letters that there are, by their numbers.
  public Map<Long, DeadEvent> find(Collection<Long> ids) {
    Map<Long, DeadEvent> found = new HashMap<>();
    if (!ids.isEmpty()) {
      database
          .read(connection ->
              Sql.of(COLUMNS + " and id = any(?::bigint[])")
                  .with((Object) ids.toArray(Long[]::new))
                  .list(connection, DeadEvent::of))
          .forEach(letter -> found.put(letter.id(), letter));
    }
    return found;
  }

  /// The edits of a letter's body, newest first; what came is in the log.
  public List<Edit> edits(long id) {
    return database.read(connection ->
        Sql.of("select body, by, at from inbox_edit where letter = ? order by id desc")
            .with(id)
            .list(
                connection,
                row -> new Edit(Body.of(row.bytes("body")), row.text("by"), row.instant("at"))));
  }

  /// Dead letters grouped by what went wrong, most first.
  public List<CauseGroup> causes(DeadEventFilter filter) {
    return database.read(connection ->
        filter
            .narrow(
                """
                select cause, min(handler) as handler, min(code) as code, min(topic) as topic,
                  (array_agg(reason order by id desc))[1] as reason, count(*) as letters,
                  count(distinct key) as keys, min(died_at) as oldest, max(died_at) as newest,
                  array(
                    select distinct inbox_tenant(c) from unnest(array_agg(distinct connection)) as n (c)
                    order by 1) as tenants
                from inbox_dead_letter where true
                """,
                "group by cause order by letters desc, cause")
            .list(
                connection,
                row ->
                    new CauseGroup(
                        row.text("cause"),
                        row.text("handler"),
                        row.text("code"),
                        row.text("topic"),
                        row.text("reason"),
                        row.int8("letters"),
                        row.int8("keys"),
                        row.textArray("tenants").stream().map(String::valueOf).toList(),
                        row.instant("oldest"),
                        row.instant("newest"))));
  }

  /// Tries a letter again.
  ///
  /// @throws InboxException CONFLICT when it is not open, NOT_FOUND when its event was dropped
  public void retry(Actor actor, long id) {
    act(transaction -> {
      acts.retry(transaction, actor, List.of(id), EventHistory.What.RETRIED);
      record(transaction, actor, "dead-letter.retry", id, Map.of());
    });
  }

  /// Tries a letter again with another body; what came stays in the log, every edit is kept.
  ///
  /// @param known how many edits of it the one who made this body knew of; null: not told
  /// @throws InboxException as [#retry]; CONFLICT, too, when somebody has edited it meanwhile
  public void editAndRetry(Actor actor, long id, @Nullable Integer known, Body body) {
    act(transaction -> {
      acts.retry(transaction, actor, List.of(id), EventHistory.What.EDITED);
      requireKnown(transaction, id, known);
      Sql.of("insert into inbox_edit (letter, body, by) values (?, ?, ?)")
          .with(id, body.bytes(), actor.reference())
          .updateOne(transaction);
      Sql.of("update inbox_dead_letter set body = ? where id = ?")
          .with(body.bytes(), id)
          .updateOne(transaction);
      Sql.of("update inbox_waiting set body = ?, bytes = ? where letter = ?")
          .with(body.bytes(), body.size(), id)
          .updateOne(transaction);
      record(transaction, actor, "dead-letter.edit", id, Map.of("bytes", body.size()));
    });
  }

  private static void requireKnown(Connection transaction, long id, @Nullable Integer known) {
    List<String> edits =
        EDITED.with(id).list(transaction, row -> last(row.text("by"), row.instant("at")));
    if (known != null && known != edits.size()) {
      throw new InboxException(
          InboxException.Code.CONFLICT,
          "dead letter %d was edited meanwhile, last %s; compare yours with that body, then edit it again"
              .formatted(id, edits.isEmpty() ? "to be erased" : edits.getFirst()));
    }
  }

  private static String last(String by, Instant at) {
    return "by " + Actor.inWords(by) + " at " + at.truncatedTo(ChronoUnit.SECONDS);
  }

  /// Leaves a letter out for good.
  ///
  /// @throws InboxException CONFLICT when it is not open
  public void skip(Actor actor, long id, String reason) {
    requireReason(reason);
    act(transaction -> {
      acts.skip(transaction, actor, List.of(id), reason);
      record(transaction, actor, "dead-letter.skip", id, Map.of("reason", reason));
    });
  }

  /// Keys that people hold and let go on.
  public HeldKeys keys() {
    return new HeldKeys(log, activities, this::act);
  }

  /// Says what an act would be done to: the open letters of the filter.
  ///
  /// @throws InboxException INVALID when it is of a key that several tenants have, and names none
  public BulkPlan plan(Actor actor, LetterAct act, DeadEventFilter filter) {
    DeadEventFilter open = filter.in(DeadEvent.State.OPEN);
    UUID id = SortableId.next();
    return database.write(transaction -> {
      requireOneTenant(transaction, open);
      Matching matching = matching(transaction, open);
      Sql.of("delete from inbox_plan where made_at < clock_timestamp() - interval '1 hour'")
          .update(transaction);
      Sql.of("insert into inbox_plan (id, act, letters, digest, by) values (?, ?, ?, ?, ?)")
          .with(
              id,
              PlannedAct.asked(act, open),
              matching.letters(),
              matching.digest(),
              actor.reference())
          .updateOne(transaction);
      List<DeadEvent> sample =
          open.narrow(COLUMNS, "order by id limit ?", SAMPLE).list(transaction, DeadEvent::of);
      return new BulkPlan(id, act, matching.letters(), sample);
    });
  }

  /// Carries a plan out, once, in steps of a thousand letters, each of which counts by itself.
  ///
  /// @throws InboxException NOT_FOUND when there is no such plan (any more), CONFLICT when the
  ///   letters it was made for are not the same now: nothing was done, make a new plan. Should one
  ///   stop being open meanwhile, it says how many were done
  public BulkDone apply(Actor actor, UUID plan) {
    Begun begun = answer(transaction -> begin(transaction, actor, plan));
    List<Long> ids = begun.ids();
    for (int done = begun.done(); done < ids.size(); done += atOnce) {
      List<Long> some = ids.subList(done, Math.min(ids.size(), done + atOnce));
      try {
        act(transaction -> carryOut(transaction, actor, plan, begun.act(), some));
      } catch (InboxException e) {
        throw new InboxException(
            e.code(),
            "%d of %d dead letters are done, the others are not: %s; make a new plan for them"
                .formatted(done, ids.size(), e.getMessage()));
      }
    }
    return new BulkDone(begun.act(), ids);
  }

  /// What became of them so far.
  public BulkOutcome outcome(List<Long> letters) {
    return database.read(connection -> BulkOutcome.of(connection, letters));
  }

  /// As [#outcome], but waits a little for what comes of them: usually it is known at once.
  public BulkOutcome awaited(List<Long> letters) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    BulkOutcome outcome = outcome(letters);
    while (outcome.retrying() > 0
        && System.nanoTime() - end < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      outcome = outcome(letters);
    }
    return outcome;
  }

  private record Begun(LetterAct act, List<Long> ids, int done) {}

  private Begun begin(Connection transaction, Actor actor, UUID plan) {
    PlannedAct planned = PlannedAct.take(transaction, plan);
    Matching now = matching(transaction, planned.filter());
    if (!now.digest().equals(planned.digest())) {
      throw new InboxException(
          InboxException.Code.CONFLICT,
          "plan %s was for %d dead letters, now it would be %d; make a new plan"
              .formatted(plan, planned.letters(), now.letters()));
    }
    List<Long> first = now.ids().subList(0, Math.min(now.ids().size(), atOnce));
    carryOut(transaction, actor, plan, planned.act(), first);
    return new Begun(planned.act(), now.ids(), first.size());
  }

  private void carryOut(
      Connection transaction, Actor actor, UUID plan, LetterAct act, List<Long> ids) {
    if (!ids.isEmpty()) {
      switch (act) {
        case LetterAct.Retry _ -> acts.retry(transaction, actor, ids, EventHistory.What.RETRIED);
        case LetterAct.Skip skip -> acts.skip(transaction, actor, ids, skip.reason());
      }
    }
    activities.record(
        transaction,
        actor,
        act instanceof LetterAct.Retry ? "dead-letters.retry" : "dead-letters.skip",
        "dead-letter-plan/" + plan,
        Map.of("letters", ids.size()));
  }

  private record Matching(List<Long> ids, long letters, String digest) {}

  private static Matching matching(Connection connection, DeadEventFilter filter) {
    List<Long> ids =
        filter
            .narrow("select id from inbox_dead_letter where true", "order by id")
            .list(connection, row -> row.int8("id"));
    String digest =
        filter
            .narrow(
                """
                select md5(coalesce(string_agg(id || ':' || attempts, ',' order by id), '')) as digest
                from inbox_dead_letter where true
                """,
                "")
            .one(connection, row -> row.text("digest"));
    return new Matching(ids, ids.size(), digest);
  }

  /// Whose letters are meant by a key that several have must be said.
  private static void requireOneTenant(Connection connection, DeadEventFilter filter) {
    if (filter.key() != null && filter.tenant() == null) {
      HeldKeys.requireOne(
          filter.key(),
          "is of",
          filter
              .narrow(
                  """
                  select distinct inbox_tenant(connection) as tenant from inbox_dead_letter where true
                  """,
                  "order by 1")
              .list(connection, row -> row.text("tenant")));
    }
  }

  static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new InboxException(InboxException.Code.INVALID, "reason", "give a reason");
    }
  }

  private void record(
      Connection transaction, Actor actor, String action, long letter, Map<String, ?> details) {
    activities.record(transaction, actor, action, "event-dead-letter/" + letter, details);
  }

  private void act(Consumer<Connection> act) {
    boolean _ =
        answer(transaction -> {
          act.accept(transaction);
          return true;
        });
  }

  private <T> T answer(Database.Work<T> act) {
    T result = database.write(act);
    acted.run();
    return result;
  }
}
