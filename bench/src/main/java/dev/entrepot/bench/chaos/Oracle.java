package dev.entrepot.bench.chaos;

import dev.entrepot.bench.chaos.ChaosPlan.Event;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what the sender knows with what the database holds.
final class Oracle {
  private static final int MOST_TOLD = 20;

  private final ChaosPlan plan;
  private final List<Sent> sent;
  private final List<String> faults = new ArrayList<>();
  private int found;

  Oracle(ChaosPlan plan, List<Sent> sent) {
    this.plan = plan;
    this.sent = sent;
  }

  private record Applied(long number, long position, String key, String externalId) {}

  Verdict judge(Database database) {
    Map<String, Integer> numbers = new HashMap<>();
    for (Event event : plan.happening()) {
      numbers.put(event.externalId(plan.seed()), event.number());
    }
    List<String> kept =
        database.read(connection ->
            Sql.of("select external_id from inbox_event")
                .list(connection, row -> row.text("external_id")));
    Set<Integer> keptNumbers = kept(kept, numbers);
    applied(database, numbers, keptNumbers);
    lastStates(database, keptNumbers);
    long duplicates =
        database.read(connection ->
            Sql.of("select count(*) as n from inbox_duplicate")
                .one(connection, row -> row.int8("n")));
    long unacknowledged =
        keptNumbers.stream().filter(n -> sent.get(n).firstAcknowledged() == 0).count();
    if (found > MOST_TOLD) {
      faults.add("and " + (found - MOST_TOLD) + " more");
    }
    long putOff =
        database.read(connection ->
            Sql.of("select count(*) as n from chaos_put_off")
                .one(connection, row -> row.int8("n")));
    return new Verdict(kept.size(), unacknowledged, duplicates, putOff, faults);
  }

  private Set<Integer> kept(List<String> kept, Map<String, Integer> numbers) {
    Set<Integer> seen = new HashSet<>();
    for (String externalId : kept) {
      Integer number = numbers.get(externalId);
      if (number == null) {
        fault("event " + externalId + " was never sent");
      } else if (!seen.add(number)) {
        fault("event " + externalId + " is in the log twice");
      }
    }
    for (int number = 0; number < plan.events(); number++) {
      if (sent.get(number).firstAcknowledged() != 0 && !seen.contains(number)) {
        fault("event " + number + " was answered with 200 and is not in the log");
      }
    }
    return seen;
  }

  /// Events of a key must be applied in the order of the log. One that was acknowledged before
  /// another one of its key was sent must come before it there; where both were under way at once,
  /// either order is right.
  private void applied(Database database, Map<String, Integer> numbers, Set<Integer> kept) {
    List<Applied> all =
        database.read(connection ->
            Sql.of("select number, position, key, external_id from chaos_applied order by number")
                .list(
                    connection,
                    row ->
                        new Applied(
                            row.int8("number"),
                            row.int8("position"),
                            row.text("key"),
                            row.text("external_id"))));
    Set<Integer> once = new HashSet<>();
    Map<String, Long> latestSent = new HashMap<>();
    Map<String, Long> latestPosition = new HashMap<>();
    for (Applied applied : all) {
      Integer number = numbers.get(applied.externalId());
      if (number == null || !kept.contains(number)) {
        fault("event " + applied.externalId() + " was applied, but is not in the log");
        continue;
      }
      if (!once.add(number)) {
        fault("event " + applied.externalId() + " was applied twice");
        continue;
      }
      Sent record = sent.get(number);
      long sentBefore = latestSent.getOrDefault(applied.key(), Long.MIN_VALUE);
      if (record.firstAcknowledged() != 0 && record.firstAcknowledged() < sentBefore) {
        fault(
            "event "
                + applied.externalId()
                + " of "
                + applied.key()
                + " was acknowledged before another one was sent that was applied before it");
      }
      latestSent.merge(applied.key(), record.firstSent(), Math::max);
      long before = latestPosition.getOrDefault(applied.key(), Long.MIN_VALUE);
      if (applied.position() <= before) {
        fault(
            "event %s of %s at position %d was applied after the one at %d"
                .formatted(applied.externalId(), applied.key(), applied.position(), before));
      }
      latestPosition.put(applied.key(), applied.position());
    }
    kept.stream()
        .filter(number -> !once.contains(number))
        .forEach(number -> fault("event " + number + " is in the log and was never applied"));
  }

  /// The hot store must hold the newest version of each order that was kept.
  private void lastStates(Database database, Set<Integer> kept) {
    Map<Long, Event> newest = new HashMap<>();
    for (Event event : plan.happening()) {
      if (kept.contains(event.number())) {
        newest.merge(event.order(), event, (a, b) -> a.version() > b.version() ? a : b);
      }
    }
    Map<String, String> documents = HotStates.orders(database);
    newest.forEach((order, event) -> {
      String document = documents.get(String.valueOf(order));
      if (document == null) {
        fault("order " + order + " is not in the hot store");
      } else if (!document.contains("\"version " + event.version() + "\"")) {
        fault("order " + order + " is not at version " + event.version() + ": " + document);
      }
    });
  }

  private void fault(String what) {
    found++;
    if (faults.size() < MOST_TOLD) {
      faults.add(what);
    }
  }
}
