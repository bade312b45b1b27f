package dev.entrepot.flow.runs;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tables `flow_rejected` and `flow_keyless`: what is outstanding. What destinations did not
/// take, an incremental run takes up again; what the mapping did not, comes again when it changes.
final class RejectedStore {

  /// Something that was rejected.
  ///
  /// @param source what came of the source; null: it was to be deleted
  /// @param run that tried it last
  record Rejected(String key, @Nullable String source, UUID run) {}

  /// Why a record was rejected, whose key is known.
  record Refused(String key, long record, String code, String reason) {}

  private static final Sql ANY =
      Sql.of("select from flow_rejected where tenant = ? and destination = ? limit 1");

  // The next run takes it up; if it is rejected then too, pauses grow from an hour to a day: every
  // run would have the same failures to tell of, and the same calls to make for nothing.
  // Of a key, the later record of a run counts.
  private static final Sql KEEP =
      Sql.of(
          """
          insert into flow_rejected as k
            (tenant, destination, key, source, run, record, code, reason, due)
          select distinct on (r.key) ?, ?, r.key,
            case when r.change = 'delete' then null else r.source end, r.run, r.record,
            u.code, u.reason, clock_timestamp()
          from unnest(?::bigint[], ?::text[], ?::text[]) as u (record, code, reason)
          join flow_record r on r.run = ? and r.record = u.record
          order by r.key, r.record desc
          on conflict (tenant, destination, key) do update
            set source = excluded.source, run = excluded.run, record = excluded.record,
              by_mapping = false, code = excluded.code, reason = excluded.reason, at = excluded.at,
              tries = case when k.source::text is distinct from excluded.source::text then 1
                else k.tries + 1 end,
              due = case when k.source::text is distinct from excluded.source::text
                then excluded.due
                else excluded.due
                  + least(interval '1 hour' * power(2, least(k.tries - 1, 10)), interval '1 day')
                end
            where k.run <> excluded.run or k.record <= excluded.record
          """);

  // Without its source: nothing is to be taken up of it.
  private static final String INTO_MAPPED =
      """
      insert into flow_rejected as k
        (tenant, destination, key, run, record, by_mapping, code, reason, due)
      """;
  private static final String OR_MAPPED_AGAIN =
      """
      on conflict (tenant, destination, key) do update
        set source = null, run = excluded.run, record = excluded.record, by_mapping = true,
          code = excluded.code, reason = excluded.reason, at = excluded.at, due = excluded.due,
          tries = case when k.by_mapping then k.tries + 1 else 1 end
        where k.run <> excluded.run or k.record <= excluded.record
      """;
  private static final Sql KEEP_MAPPED =
      Sql.of(
          INTO_MAPPED
              + """
              select distinct on (u.key) ?, ?, u.key, ?::uuid, u.record, true, u.code, u.reason,
                'infinity'::timestamptz
              from unnest(?::text[], ?::bigint[], ?::text[], ?::text[])
                as u (key, record, code, reason)
              order by u.key, u.record desc
              """
              + OR_MAPPED_AGAIN);

  // A record that the mapping did not take has neither a change nor an item.
  private static final Sql KEEP_PLANNED =
      Sql.of(
          INTO_MAPPED
              + """
              select ?, ?, r.key, r.run, r.record, true, split_part(r.reason, ': ', 1),
                substr(r.reason, strpos(r.reason, ': ') + 2), 'infinity'::timestamptz
              from (
                select distinct on (key) * from flow_record
                where run = ? and key is not null order by key, record desc) r
              where r.change is null and r.item is null and r.reason is not null
              """
              + OR_MAPPED_AGAIN);
  private static final Sql SETTLED =
      Sql.of(
          """
          delete from flow_rejected k using unnest(?::text[], ?::bigint[]) as u (key, record)
          where k.tenant = ? and k.destination = ? and k.key = u.key
            and (k.run <> ? or k.record <= u.record)
          """);

  // What the run has of the source itself counts.
  private static final Sql DUE =
      Sql.of(
          """
          select k.key, k.source, k.run from flow_rejected k
          where k.tenant = ? and k.destination = ? and k.due <= clock_timestamp()
            and not exists (
              select from (
                select unnest(p.keys) as key from flow_page p where p.run = ? offset 0) seen
              where seen.key = k.key)
          order by k.due, k.key limit ?
          """);
  private static final Sql DROP_OTHERS =
      Sql.of("delete from flow_rejected where tenant = ? and run <> ?");
  private static final Sql COUNT_KEYLESS =
      Sql.of(
          """
          insert into flow_keyless as k (tenant, records, run)
          select r.tenant, r.keyless, r.id from flow_run r
          where r.id = ? and (r.keyless > 0 or r.since is null)
          on conflict (tenant) do update
            set records = excluded.records + case when ? then 0 else k.records end,
              run = excluded.run, at = excluded.at
          """);

  boolean any(Connection connection, String tenant, String destination) {
    return ANY.with(tenant, destination).first(connection, _ -> true).orElse(false);
  }

  /// Keeps records of a run that the destination did not take.
  void keep(Connection connection, Run run, Collection<Refused> refused) {
    if (!refused.isEmpty()) {
      int _ =
          KEEP.with(
                  run.tenant(),
                  run.destination(),
                  records(refused),
                  texts(refused, Refused::code),
                  texts(refused, Refused::reason),
                  run.id())
              .update(connection);
    }
  }

  /// Keeps records of a run that the mapping did not take.
  void keepMapped(Connection connection, Run run, Collection<Refused> refused) {
    if (!refused.isEmpty()) {
      int _ =
          KEEP_MAPPED
              .with(
                  run.tenant(),
                  run.destination(),
                  run.id(),
                  texts(refused, Refused::key),
                  records(refused),
                  texts(refused, Refused::code),
                  texts(refused, Refused::reason))
              .update(connection);
    }
  }

  private static String[] texts(Collection<Refused> refused, Function<Refused, String> part) {
    return refused.stream().map(part).toArray(String[]::new);
  }

  private static Long[] records(Collection<Refused> refused) {
    return refused.stream().map(Refused::record).toArray(Long[]::new);
  }

  /// Nothing is outstanding of these keys any more, unless a later record of the run is.
  ///
  /// @param records by key, the one that settles it
  void settled(Connection connection, Run run, Map<String, Long> records) {
    if (!records.isEmpty()) {
      int _ =
          SETTLED
              .with(
                  records.keySet().toArray(String[]::new),
                  records.values().toArray(Long[]::new),
                  run.tenant(),
                  run.destination(),
                  run.id())
              .update(connection);
    }
  }

  /// What a run is to take up that its source did not give, the longest waiting first.
  List<Rejected> due(Connection connection, Run run, int limit) {
    return DUE.with(run.tenant(), run.destination(), run.id(), limit)
        .list(
            connection,
            row -> new Rejected(row.text("key"), row.jsonOrNull("source"), row.uuid("run")));
  }

  /// Counts what a run leaves outstanding that is over now. What one that has read everything did
  /// not meet is forgotten: the source has it no more, or the client writes elsewhere now.
  void close(Connection connection, Run run) {
    boolean everything = run.since() == null;
    if (run.applied()) {
      // A plan by itself leaves nothing outstanding: it writes nothing.
      int _ = KEEP_PLANNED.with(run.tenant(), run.destination(), run.id()).update(connection);
    }
    if (everything) {
      int _ = DROP_OTHERS.with(run.tenant(), run.id()).update(connection);
    }
    int _ = COUNT_KEYLESS.with(run.id(), everything).update(connection);
  }
}
