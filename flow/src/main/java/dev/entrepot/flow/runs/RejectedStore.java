package dev.entrepot.flow.runs;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table `flow_rejected`: what destinations did not take, and an incremental run takes up
/// again.
final class RejectedStore {

  /// Something that was rejected.
  ///
  /// @param source what came of the source; null: it was to be deleted
  /// @param run that tried it last
  record Rejected(String key, @Nullable String source, UUID run) {}

  private static final Sql ANY =
      Sql.of("select from flow_rejected where tenant = ? and destination = ? limit 1");

  // The next run takes it up; if it is rejected then too, pauses grow from an hour to a day: every
  // run would have the same failures to tell of, and the same calls to make for nothing.
  private static final Sql KEEP =
      Sql.of(
          """
          insert into flow_rejected as k (tenant, destination, key, source, run, record, due)
          select distinct on (r.key) ?, ?, r.key,
            case when r.change = 'delete' then null else r.source end, r.run, r.record,
            clock_timestamp()
          from flow_record r where r.run = ? and r.record = any(?)
          order by r.key, r.record desc
          on conflict (tenant, destination, key) do update
            set source = excluded.source, run = excluded.run, record = excluded.record,
              tries = case when k.source::text is distinct from excluded.source::text then 1
                else k.tries + 1 end,
              due = case when k.source::text is distinct from excluded.source::text
                then excluded.due
                else excluded.due
                  + least(interval '1 hour' * power(2, least(k.tries - 1, 10)), interval '1 day')
                end
          """);
  private static final Sql SETTLED =
      Sql.of("delete from flow_rejected where tenant = ? and destination = ? and key = any(?)");

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
      Sql.of("delete from flow_rejected where tenant = ? and destination = ? and run <> ?");

  boolean any(Connection connection, String tenant, String destination) {
    return ANY.with(tenant, destination).first(connection, _ -> true).orElse(false);
  }

  /// Keeps records of a run that the destination did not take.
  void keep(Connection connection, Run run, Collection<Long> records) {
    if (!records.isEmpty()) {
      int _ =
          KEEP.with(run.tenant(), run.destination(), run.id(), records.toArray(Long[]::new))
              .update(connection);
    }
  }

  /// Nothing is to be taken up of these keys any more.
  void settled(Connection connection, Run run, Collection<String> keys) {
    if (!keys.isEmpty()) {
      int _ =
          SETTLED
              .with(run.tenant(), run.destination(), keys.toArray(String[]::new))
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

  /// Forgets what a run that has read everything did not meet: the source has it no more.
  void dropOthers(Connection connection, Run run) {
    int _ = DROP_OTHERS.with(run.tenant(), run.destination(), run.id()).update(connection);
  }
}
