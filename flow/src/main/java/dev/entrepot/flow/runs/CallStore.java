package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The table `flow_call`: what was, or may have been, sent.
final class CallStore {

  /// A call whose end nobody wrote down.
  ///
  /// @param doubted whether its result was counted as unknown
  record Open(int number, String step, List<Long> records, boolean doubted) {}

  private static final Sql LAST =
      Sql.of("select coalesce(max(number), 0) as number from flow_call where run = ?");
  private static final Sql OPEN =
      Sql.of(
          """
          select number, step, records, result is not null as doubted from flow_call
          where run = ? and ended_at is null order by number
          """);

  // A list of records each, as text, since arrays of arrays must be of one length.
  private static final Sql BEGIN =
      Sql.of(
          """
          insert into flow_call (run, number, tenant, step, records)
          select ?, u.number, ?, u.step, u.records::bigint[]
          from unnest(?::int[], ?::text[], ?::text[]) as u (number, step, records)
          """);
  private static final Sql DOUBT =
      Sql.of(
          """
          update flow_call c set result = u.result
          from unnest(?::int[], ?::text[]) as u (number, result)
          where c.run = ? and c.number = u.number and c.ended_at is null
          """);
  private static final Sql END =
      Sql.of(
          """
          update flow_call c
          set ended_at = clock_timestamp(), result = u.result, rejected = u.rejected
          from unnest(?::int[], ?::text[], ?::int[]) as u (number, result, rejected)
          where c.run = ? and c.number = u.number and c.ended_at is null
          """);

  int last(Connection connection, UUID run) {
    return LAST.with(run).one(connection, row -> row.int4("number"));
  }

  List<Open> open(Connection connection, UUID run) {
    return OPEN.with(run)
        .list(
            connection,
            row ->
                new Open(
                    row.int4("number"),
                    row.text("step"),
                    row.int8Array("records"),
                    row.bool("doubted")));
  }

  void begin(Connection connection, UUID run, String tenant, List<Step> steps, List<Call> calls) {
    List<Integer> numbers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> records = new ArrayList<>();
    for (Call call : calls) {
      if (!call.asks()) {
        numbers.add(call.number());
        names.add(steps.get(call.step()).name());
        StringBuilder list = new StringBuilder("{");
        for (Item item : call.items()) {
          list.append(list.length() == 1 ? "" : ",").append(item.record());
        }
        records.add(list.append('}').toString());
      }
    }
    if (!numbers.isEmpty()) {
      BEGIN.with(run, tenant, numbers, names, records).update(connection);
    }
  }

  /// Writes down that the results of calls are not known so far.
  ///
  /// @param reasons by the calls' numbers
  void doubt(Connection connection, UUID run, Map<Integer, String> reasons) {
    if (!reasons.isEmpty()) {
      DOUBT.with(numbers(reasons), texts(reasons), run).update(connection);
    }
  }

  /// @param results by the calls' numbers
  /// @param rejected how many items of calls were, by their numbers
  void end(
      Connection connection,
      UUID run,
      Map<Integer, String> results,
      Map<Integer, Integer> rejected) {
    if (!results.isEmpty()) {
      Integer[] counts =
          results.keySet().stream()
              .map(call -> rejected.getOrDefault(call, 0))
              .toArray(Integer[]::new);
      END.with(numbers(results), texts(results), counts, run).update(connection);
    }
  }

  private static Integer[] numbers(Map<Integer, String> words) {
    return words.keySet().toArray(Integer[]::new);
  }

  private static String[] texts(Map<Integer, String> words) {
    return words.values().toArray(String[]::new);
  }
}
