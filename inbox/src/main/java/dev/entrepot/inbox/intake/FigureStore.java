package dev.entrepot.inbox.intake;

import dev.entrepot.inbox.intake.IntakeFigures.Tally;
import dev.entrepot.inbox.intake.Receipt.Reason;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The table `inbox_intake`: a row per minute, connection and node.
final class FigureStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<Reason, Long>> REFUSED = new TypeReference<>() {};

  private static final Sql ADD =
      Sql.of(
          """
          insert into inbox_intake as i
            (minute, connection, node, accepted, duplicates, refused, latency)
          values (?, ?, ?, ?, ?, ?, ?)
          on conflict (minute, connection, node) do update set
            accepted = i.accepted + excluded.accepted,
            duplicates = i.duplicates + excluded.duplicates,
            refused = (
              select coalesce(jsonb_object_agg(key, total), '{}')
              from (
                select key, sum(value::bigint) as total
                from (
                  select * from jsonb_each_text(i.refused)
                  union all select * from jsonb_each_text(excluded.refused)
                ) both_of_them
                group by key
              ) totals),
            latency = array(
              select a + b from unnest(i.latency, excluded.latency) with ordinality as l(a, b, n)
              order by n)
          """);

  private static final Sql BETWEEN =
      Sql.of(
          """
          select * from inbox_intake
          where minute >= ? and minute < ? and (?::text is null or connection = ?)
          order by minute, connection
          """);

  private static final Sql FORGET = Sql.of("delete from inbox_intake where minute < ?");

  private FigureStore() {}

  static void add(
      Connection transaction, Instant minute, String connection, String node, Tally tally) {
    ADD.with(
            minute,
            connection,
            node,
            tally.accepted,
            tally.duplicates,
            new Json(JSON.writeValueAsString(tally.refused)),
            Arrays.stream(tally.latency).boxed().toArray(Long[]::new))
        .updateOne(transaction);
  }

  /// With the nodes added up.
  static List<MinuteFigures> between(
      Connection connection, Instant from, Instant to, @Nullable String name) {
    List<MinuteFigures> ofNodes =
        BETWEEN.with(from, to, name, name).list(connection, FigureStore::figures);
    List<MinuteFigures> sums = new ArrayList<>();
    for (MinuteFigures next : ofNodes) {
      MinuteFigures last = sums.isEmpty() ? null : sums.getLast();
      if (last != null
          && last.minute().equals(next.minute())
          && last.connection().equals(next.connection())) {
        sums.set(sums.size() - 1, plus(last, next));
      } else {
        sums.add(next);
      }
    }
    return List.copyOf(sums);
  }

  static int forget(Connection transaction, Instant before) {
    return FORGET.with(before).update(transaction);
  }

  private static MinuteFigures plus(MinuteFigures one, MinuteFigures other) {
    Map<Reason, Long> refused = new EnumMap<>(Reason.class);
    refused.putAll(one.refused());
    other.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    return new MinuteFigures(
        one.minute(),
        one.connection(),
        one.accepted() + other.accepted(),
        one.duplicates() + other.duplicates(),
        refused,
        one.latency().plus(other.latency()));
  }

  private static MinuteFigures figures(Row row) {
    return new MinuteFigures(
        row.instant("minute"),
        row.text("connection"),
        row.int8("accepted"),
        row.int8("duplicates"),
        JSON.readValue(row.json("refused"), REFUSED),
        new LatencyHistogram(row.int8Array("latency")));
  }
}
