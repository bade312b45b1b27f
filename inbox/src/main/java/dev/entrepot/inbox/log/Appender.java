package dev.entrepot.inbox.log;

import dev.entrepot.storage.CopyIn;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Writes a batch of events in one transaction.
///
/// While it runs it holds two shared locks: one on the slice, which whoever begins the next slice
/// waits for; and one that tells readers after which position it may still write, see [Horizon].
/// Nobody reads on behind that one: so the server ends a session that stands still meanwhile.
final class Appender {
  /// Lock class: slices. See [Horizon#LOCK_CLASS] for the other one.
  static final int SLICE_LOCK = 0x1b0c_0001;

  /// How many slices share the memory of what was seen, as `inbox_sliced` says.
  static final int SLICES_SEEN_TOGETHER = 7;

  private static final List<String> COLUMNS =
      List.of(
          "position",
          "lane",
          "connection",
          "external_id",
          "topic",
          "key",
          "key_hash",
          "triggered_at",
          "verified",
          "test",
          "payload");

  // Planned once and kept: without these, a plan made while tables are empty would scan them later.
  private static final Sql BEGIN =
      Sql.of(
          """
          select pg_advisory_xact_lock_shared(?, 0)::text as locked,
            set_config('enable_seqscan', 'off', true) as seqscan,
            set_config('enable_hashjoin', 'off', true) as hashjoin,
            set_config('enable_mergejoin', 'off', true) as mergejoin,
            set_config('idle_in_transaction_session_timeout', ?, true) as silence,
            case when current_setting('server_version_num')::int >= 170000
              then set_config('transaction_timeout', ?, true) end as bound
          """);

  // A statement of its own, after the slice is held.
  private static final Sql ANNOUNCE =
      Sql.of(
          """
          select last_value, pg_advisory_xact_lock_shared(?, last_value::bit(32)::int)::text as locked
          from inbox_position
          """);

  private static final Sql DUPLICATES =
      Sql.of(
          """
          with come as (
            select d.ord, d.connection,
              (select s.position from inbox_seen s where s.digest = d.digest limit 1) as first
            from unnest(?, ?) with ordinality as d(digest, connection, ord)
          ), kept as (
            insert into inbox_duplicate (position, first, connection)
            select nextval('inbox_position'), first, connection from come
          )
          select first from come order by ord
          """);

  // While rows are copied a session that waits for more of them is not idle.
  private static final int WHOLE = 6;

  private final String silence;
  private final String whole;
  private final Map<Integer, Sql> firsts = new HashMap<>();

  /// @param longestSilence a transaction that says nothing to the server for so long is ended by it
  Appender(Duration longestSilence) {
    this.silence = String.valueOf(longestSilence.toMillis());
    this.whole = String.valueOf(longestSilence.multipliedBy(WHOLE).toMillis());
  }

  /// Writes events that come in the order of their arrival. For one thread.
  ///
  /// @return one for each event, in the same order
  List<Appended> append(Connection transaction, List<PackedEvent> events) {
    BEGIN.with(SLICE_LOCK, silence, whole).one(transaction, row -> row.text("locked"));
    long last = ANNOUNCE.with(Horizon.LOCK_CLASS).one(transaction, row -> row.int8("last_value"));
    Map<UUID, Long> fresh = claim(transaction, Positions.slice(last), events);
    List<Appended> outcomes = new ArrayList<>(events.size());
    List<Integer> repeated = new ArrayList<>();
    try (CopyIn copy = CopyIn.into(transaction, "inbox_event", COLUMNS)) {
      for (int i = 0; i < events.size(); i++) {
        Long position = fresh.remove(events.get(i).digest());
        if (position == null) {
          repeated.add(i);
          outcomes.add(new Appended.Duplicate(0));
        } else {
          write(copy, position, events.get(i));
          outcomes.add(new Appended.Accepted(position));
        }
      }
      copy.finish();
    }
    if (!repeated.isEmpty()) {
      List<Long> positions = duplicates(transaction, events, repeated);
      for (int i = 0; i < repeated.size(); i++) {
        outcomes.set(repeated.get(i), new Appended.Duplicate(positions.get(i)));
      }
    }
    return outcomes;
  }

  /// Takes positions, in order, and remembers what is new.
  ///
  /// @return the positions of those that are new
  private Map<UUID, Long> claim(Connection transaction, int slice, List<PackedEvent> events) {
    Map<UUID, Long> fresh = HashMap.newHashMap(events.size());
    UUID[] digests = events.stream().map(PackedEvent::digest).toArray(UUID[]::new);
    firsts
        .computeIfAbsent(slice / SLICES_SEEN_TOGETHER, Appender::firstOfItsKind)
        .with((Object) digests)
        .list(transaction, row -> fresh.put(row.uuid("digest"), row.int8("position")));
    return fresh;
  }

  /// Sorted, so that two that write the same digests wait for one another and not for each other.
  private static Sql firstOfItsKind(int part) {
    return Sql.of(
        """
        with come as materialized (
          select digest, nextval('inbox_position') as position from unnest(?) as digest
        )
        insert into inbox_seen_%d (digest, position)
        select digest, position from come
        where not exists (
          select from inbox_seen older where older.digest = come.digest and older.position < %d)
        order by digest, position
        on conflict do nothing
        returning digest, position
        """
            .formatted(part, Positions.start(part * SLICES_SEEN_TOGETHER)));
  }

  private static void write(CopyIn copy, long position, PackedEvent event) {
    copy.row();
    copy.int8(position);
    copy.int2(event.lane());
    copy.text(event.connection());
    copy.text(event.externalId());
    copy.text(event.topic());
    copy.text(event.key());
    copy.int8(event.keyHash());
    copy.timestamp(event.triggeredAt());
    Integer secret = event.secret();
    if (secret == null) {
      copy.nul();
    } else {
      copy.int2(secret);
    }
    copy.bool(event.purpose() == Purpose.TEST);
    copy.bytes(event.payload());
  }

  private static List<Long> duplicates(
      Connection transaction, List<PackedEvent> events, List<Integer> repeated) {
    UUID[] digests = repeated.stream().map(i -> events.get(i).digest()).toArray(UUID[]::new);
    String[] connections =
        repeated.stream().map(i -> events.get(i).connection()).toArray(String[]::new);
    return DUPLICATES.with(digests, connections).list(transaction, row -> row.int8("first"));
  }
}
