package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.event.Body;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What waits: `inbox_waiting`, and the keys in `inbox_parked`. Whoever writes here holds the lock
/// of the lanes concerned.
final class Waiting {
  /// Of bodies that operators mended, together; those of the log are bounded there.
  private static final long MOST_BYTES = 16 << 20;

  // First the first of each key, then the second: one of which many wait holds up no other.
  private static final Sql DUE =
      Sql.of(
          """
          with heads as (
            select hold from inbox_waiting
            where lane = any(?::int[]) and due_at <= clock_timestamp()
            order by due_at limit ?),
          chosen as (
            select w.id from heads
            cross join lateral (
              select id, hold, row_number() over (order by position, id) as place
              from inbox_waiting w where w.hold = heads.hold order by position, id limit ?) w
            order by w.place, w.hold limit ?)
          select w.id, w.lane, w.tenant, w.key, w.position, w.connection, w.topic, w.attempts, w.done,
            w.replay, w.record, w.handlers, w.letter, octet_length(w.body) as mended
          from inbox_waiting w where w.id in (select id from chosen)
          order by w.hold, w.position, w.id
          """);

  private static final Sql BODIES =
      Sql.of("select id, body from inbox_waiting where id = any(?::bigint[]) and body is not null");

  // Here and below: asked for the first one, the server walks the index of keys. Asked whether
  // there is any, it reads the whole table once many of a key wait.
  private static final Sql HELD =
      Sql.of(
          """
          select hold from unnest(?::text[]) as k (hold)
          where (
              select w.id from inbox_waiting w where w.hold = k.hold and w.id <> all(?::bigint[])
              order by w.position, w.id limit 1) is not null
            or exists (select from inbox_parked p where p.hold = k.hold)
          """);

  private static final Sql REMOVE = Sql.of("delete from inbox_waiting where id = any(?::bigint[])");

  private static final Sql AGAIN =
      Sql.of(
          """
          update inbox_waiting w set attempts = a.attempts,
            due_at = clock_timestamp() + a.millis * interval '1 millisecond',
            handler = a.handler, code = a.code, reason = a.reason, done = a.done::jsonb
          from unnest(?::bigint[], ?::int[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
            as a (id, attempts, millis, handler, code, reason, done)
          where w.id = a.id
          """);

  private static final Sql JOIN =
      Sql.of(
          """
          insert into inbox_waiting (lane, tenant, key, position, connection, topic, bytes, attempts,
            due_at, handler, code, reason, done)
          select lane, tenant, key, position, connection, topic, bytes, attempts,
            clock_timestamp() + millis * interval '1 millisecond',
            handler, code, reason, done::jsonb
          from unnest(?::int[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::int[],
            ?::int[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
            as j (lane, tenant, key, position, connection, topic, bytes, attempts, millis, handler, code,
              reason, done)
          order by position
          """);

  private static final Sql NOT_DUE =
      Sql.of(
          """
          update inbox_waiting w set due_at = null
          where w.hold = any(?::text[]) and w.due_at is not null
            and (exists (select from inbox_parked p where p.hold = w.hold)
              or w.id <> (select f.id from inbox_waiting f
                where f.hold = w.hold order by f.position, f.id limit 1))
          """);

  private static final Sql NOW_DUE =
      Sql.of(
          """
          update inbox_waiting w set due_at = clock_timestamp()
          where w.due_at is null
            and w.id in (
              select f.id from unnest(?::text[]) as k (hold)
              cross join lateral (
                select id from inbox_waiting
                where hold = k.hold order by position, id limit 1) f)
            and not exists (select from inbox_parked p where p.hold = w.hold)
          """);

  /// @param mended how long the body is that an operator made of it; null: it is as it came
  private record Entry(
      long id,
      int lane,
      String tenant,
      String key,
      long position,
      String connection,
      String topic,
      int attempts,
      String done,
      @Nullable UUID replay,
      @Nullable Long record,
      List<String> handlers,
      @Nullable Long letter,
      @Nullable Integer mended) {}

  private Waiting() {}

  /// Events whose turn it is, with those behind them: by key, in their order. So many as are not
  /// too much together, unpacked as they are, but never none.
  static List<WaitingEvent> due(
      Connection connection, EventLog log, Collection<Integer> lanes, int limit) {
    List<Entry> entries =
        bounded(
            DUE.with(Outcomes.array(lanes, lane -> lane), limit, limit, limit)
                .list(connection, Waiting::entry));
    List<Long> positions = entries.stream().map(Entry::position).distinct().toList();
    EventLog.Loaded loaded = log.loadSome(connection, positions);
    Map<Long, LoggedEvent> events = new HashMap<>();
    loaded.events().forEach(event -> events.put(event.position(), event));
    List<Entry> some = entries.stream().filter(entry -> loaded.tells(entry.position())).toList();
    Map<Long, Body> bodies = bodies(connection, some);
    return some.stream()
        .map(entry -> waiting(entry, events.get(entry.position()), bodies.get(entry.id())))
        .toList();
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.int8("id"),
        row.int4("lane"),
        row.text("tenant"),
        row.text("key"),
        row.int8("position"),
        row.text("connection"),
        row.text("topic"),
        row.int4("attempts"),
        row.json("done"),
        row.uuidOrNull("replay"),
        row.int8OrNull("record"),
        texts(row.textArray("handlers")),
        row.int8OrNull("letter"),
        row.int4OrNull("mended"));
  }

  private static Map<Long, Body> bodies(Connection connection, List<Entry> entries) {
    List<Entry> mended = entries.stream().filter(entry -> entry.mended() != null).toList();
    Map<Long, Body> bodies = new HashMap<>();
    if (!mended.isEmpty()) {
      BODIES
          .with((Object) Outcomes.longs(mended, Entry::id))
          .list(connection, row -> bodies.put(row.int8("id"), Body.of(row.bytes("body"))));
    }
    return bodies;
  }

  private static List<String> texts(List<@Nullable String> array) {
    return array.stream().map(String::valueOf).toList();
  }

  /// A beginning of each key's events whose mended bodies are not too much together.
  private static List<Entry> bounded(List<Entry> entries) {
    List<Entry> some = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : entries) {
      Integer mended = entry.mended();
      bytes += mended == null ? 0 : mended;
      if (bytes > MOST_BYTES && !some.isEmpty()) {
        break;
      }
      some.add(entry);
    }
    return some;
  }

  /// @param event null: the log does not have it any more
  private static WaitingEvent waiting(
      Entry entry, @Nullable LoggedEvent event, @Nullable Body mended) {
    UUID replay = entry.replay();
    Long record = entry.record();
    ReplayPlace place =
        replay == null || record == null
            ? null
            : new ReplayPlace(replay, record, Set.copyOf(entry.handlers()));
    return new WaitingEvent(
        entry.id(),
        event == null
            ? KeptEvent.gone(
                entry.position(),
                entry.lane(),
                entry.connection(),
                entry.tenant(),
                entry.key(),
                entry.topic())
            : kept(event, entry.tenant(), mended),
        event != null && mended != null,
        entry.attempts(),
        CodesJson.read(entry.done()),
        place,
        entry.letter());
  }

  private static KeptEvent kept(LoggedEvent event, String tenant, @Nullable Body mended) {
    KeptEvent kept = PostgresLaneStore.kept(event, tenant);
    return mended == null ? kept : kept.with(mended);
  }

  /// Which of these [holds][KeptEvent#hold()] are parked, or have events waiting beside those
  /// given.
  static Set<String> held(
      Connection connection, Set<String> holds, Collection<WaitingEvent> besides) {
    String[] all = holds.toArray(String[]::new);
    return Set.copyOf(
        HELD.with(all, Outcomes.longs(besides, WaitingEvent::id))
            .list(connection, row -> row.text("hold")));
  }

  static void remove(Connection transaction, Collection<WaitingEvent> gone) {
    if (!gone.isEmpty()) {
      int removed =
          REMOVE.with((Object) Outcomes.longs(gone, WaitingEvent::id)).update(transaction);
      requireAll(removed, gone.size());
    }
  }

  private static void requireAll(int count, int wanted) {
    if (count != wanted) {
      throw new IllegalStateException(
          "%d of %d waiting events are there; the lock of their lanes does not hold"
              .formatted(count, wanted));
    }
  }

  static void again(Connection transaction, List<Settlement.Again> again) {
    if (again.isEmpty()) {
      return;
    }
    int updated =
        AGAIN
            .with(
                Outcomes.longs(again, a -> a.waiting().id()),
                Outcomes.array(again, Settlement.Again::attempts),
                Outcomes.longs(again, a -> a.delay().toMillis()),
                Outcomes.texts(again, a -> a.trouble().handler()),
                Outcomes.texts(again, a -> a.trouble().code()),
                Outcomes.texts(again, a -> a.trouble().reason()),
                Outcomes.texts(again, a -> CodesJson.write(a.done())))
            .update(transaction);
    requireAll(updated, again.size());
  }

  static void join(Connection transaction, List<Settlement.Joined> joined) {
    if (joined.isEmpty()) {
      return;
    }
    JOIN.with(
            Outcomes.array(joined, j -> j.event().lane()),
            Outcomes.texts(joined, j -> j.event().tenant()),
            Outcomes.texts(joined, j -> j.event().key()),
            Outcomes.longs(joined, j -> j.event().position()),
            Outcomes.texts(joined, j -> j.event().connection()),
            Outcomes.texts(joined, j -> j.event().topic()),
            Outcomes.array(joined, j -> j.event().message().body().size()),
            Outcomes.array(joined, Settlement.Joined::attempts),
            joined.stream()
                .map(j -> j.delay() == null ? null : j.delay().toMillis())
                .toArray(Long[]::new),
            troubles(joined, Trouble::handler),
            troubles(joined, Trouble::code),
            troubles(joined, Trouble::reason),
            Outcomes.texts(joined, j -> CodesJson.write(j.done())))
        .update(transaction);
  }

  private static @Nullable String[] troubles(
      List<Settlement.Joined> joined, java.util.function.Function<Trouble, String> word) {
    @Nullable String[] words = new String[joined.size()];
    for (int i = 0; i < words.length; i++) {
      Trouble trouble = joined.get(i).trouble();
      words[i] = trouble == null ? null : word.apply(trouble);
    }
    return words;
  }

  /// Makes the first waiting event of each [hold][KeptEvent#hold()] the one that is due, unless it
  /// is parked.
  static void settleHolds(Connection transaction, Collection<String> holds) {
    if (!holds.isEmpty()) {
      String[] all = holds.toArray(String[]::new);
      NOT_DUE.with((Object) all).update(transaction);
      NOW_DUE.with((Object) all).update(transaction);
    }
  }

  /// How the outcome of an event that waited moves: in the inbox's books, or in its replay's.
  static void moves(
      WaitingEvent waiting,
      Outcome outcome,
      Map<String, Character> codes,
      List<Outcomes.Move> moves,
      List<ReplayBooks.Move> replayed) {
    ReplayPlace replay = waiting.replay();
    KeptEvent event = waiting.event();
    if (replay == null) {
      moves.add(
          new Outcomes.Move(
              event.position(), event.connection(), event.lane(), Outcome.PENDING, outcome, codes));
    } else {
      replayed.add(
          new ReplayBooks.Move(replay.replay(), replay.record(), Outcome.PENDING, outcome));
    }
  }
}
