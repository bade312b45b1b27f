package dev.entrepot.flow.runs;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The table `flow_known`: what destinations are known to hold.
final class KnownStore {

  /// A part of an item that a destination accepted.
  record Known(String key, String step, String content, long record) {}

  /// A part of which it is not known any more what the destination holds, or that is deleted.
  record Forgotten(String key, String step) {}

  private static final Sql READ =
      Sql.of(
          """
          select key, step, content from flow_known
          where tenant = ? and destination = ? and key = any(?)
          """);
  private static final Sql WRITE =
      Sql.of(
          """
          insert into flow_known as k (tenant, destination, key, step, content, run, record)
          select ?, ?, u.key, u.step, u.content::json, ?, u.record
          from unnest(?::text[], ?::text[], ?::text[], ?::bigint[]) as u (key, step, content, record)
          on conflict (tenant, destination, key, step) do update
            set content = excluded.content, run = excluded.run, record = excluded.record,
              at = clock_timestamp()
          """);
  private static final Sql FORGET =
      Sql.of(
          """
          delete from flow_known k using unnest(?::text[], ?::text[]) as u (key, step)
          where k.tenant = ? and k.destination = ? and k.key = u.key and k.step = u.step
          """);

  private static final Sql FORGET_ALL =
      Sql.of("delete from flow_known where tenant = ? and destination = ?");

  // Only keys that no page of the run has.
  private static final Sql MISSING =
      Sql.of(
          """
          select k.key, k.step, k.content from flow_known k
          where k.tenant = ? and k.destination = ?
            and k.key in (
              select distinct f.key from flow_known f
              where f.tenant = ? and f.destination = ?
                and not exists (
                  select from (
                    select unnest(p.keys) as key from flow_page p where p.run = ? offset 0) seen
                  where seen.key = f.key)
              order by f.key limit ?)
          """);

  /// By key and step, of those that are known.
  Map<String, Map<String, String>> read(
      Connection connection, String tenant, String destination, Collection<String> keys) {
    Map<String, Map<String, String>> known = new HashMap<>();
    if (!keys.isEmpty()) {
      READ.with(tenant, destination, keys.toArray(String[]::new))
          .list(
              connection,
              row ->
                  known
                          .computeIfAbsent(row.text("key"), key -> new HashMap<>(4))
                          .put(row.text("step"), row.json("content"))
                      == null);
    }
    return known;
  }

  /// What is known of keys that a run did not see.
  Map<String, Map<String, String>> missing(Connection connection, Run run, int limit) {
    Map<String, Map<String, String>> known = new HashMap<>();
    MISSING
        .with(run.tenant(), run.destination(), run.tenant(), run.destination(), run.id(), limit)
        .list(
            connection,
            row ->
                known
                        .computeIfAbsent(row.text("key"), key -> new HashMap<>(4))
                        .put(row.text("step"), row.json("content"))
                    == null);
    return known;
  }

  void write(
      Connection connection, String tenant, String destination, UUID run, List<Known> parts) {
    if (parts.isEmpty()) {
      return;
    }
    int count = parts.size();
    String[] keys = new String[count];
    String[] steps = new String[count];
    String[] contents = new String[count];
    Long[] records = new Long[count];
    for (int i = 0; i < count; i++) {
      Known part = parts.get(i);
      keys[i] = part.key();
      steps[i] = part.step();
      contents[i] = part.content();
      records[i] = part.record();
    }
    WRITE.with(tenant, destination, run, keys, steps, contents, records).update(connection);
  }

  void forget(Connection connection, String tenant, String destination, List<Forgotten> parts) {
    if (!parts.isEmpty()) {
      FORGET
          .with(
              parts.stream().map(Forgotten::key).toArray(String[]::new),
              parts.stream().map(Forgotten::step).toArray(String[]::new),
              tenant,
              destination)
          .update(connection);
    }
  }

  void forgetAll(Connection connection, String tenant, String destination) {
    int _ = FORGET_ALL.with(tenant, destination).update(connection);
  }
}
