package dev.entrepot.bench.chaos;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/// Writes down each event it is given, in the transaction that settles it; some it puts off at
/// their first two attempts, so that their keys are held while others go on. On the class path of
/// the nodes of the chaos test; idle unless the system property `chaos` is true.
public final class Recorder implements EventHandler {
  private static final Sql TABLE =
      Sql.of(
          """
          create table if not exists chaos_applied (
            number      bigint generated always as identity primary key,
            position    bigint not null,
            key         text   not null,
            external_id text   not null
          )
          """);

  // What tells of those put off.
  private static final Sql PUT_OFF_TABLE =
      Sql.of(
          """
          create table if not exists chaos_put_off (
            external_id text not null,
            attempt     int  not null
          )
          """);

  private static final int ONE_OF = 50;
  private static final int ATTEMPTS_PUT_OFF = 2;
  private static final Duration PUT_OFF_FOR = Duration.ofMillis(100);

  private static final Sql PUT_OFF =
      Sql.of("insert into chaos_put_off select * from unnest(?::text[], ?::int[])");
  private static final Sql APPLY =
      Sql.of(
          """
          insert into chaos_applied (position, key, external_id)
          select position, key, external_id
          from unnest(?, ?, ?) with ordinality as t(position, key, external_id, ordinal)
          order by ordinal
          """);

  private final boolean active = Boolean.getBoolean("chaos");

  /// Makes what it writes to.
  static void makeTables(Database database) {
    int _ =
        database.<Integer>write(
            connection -> TABLE.update(connection) + PUT_OFF_TABLE.update(connection));
  }

  @Override
  public String name() {
    return "chaos-recorder";
  }

  @Override
  public boolean wants(String kind, String topic) {
    return active;
  }

  private static boolean puttingOff(DueEvent event) {
    return Math.floorMod(externalId(event).hashCode(), ONE_OF) == 0
        && event.attempt() <= ATTEMPTS_PUT_OFF;
  }

  private static String externalId(DueEvent event) {
    return event.message().identity().externalId();
  }

  @Override
  public List<Handled> handle(Connection transaction, List<DueEvent> events) {
    List<DueEvent> applied = events.stream().filter(event -> !puttingOff(event)).toList();
    APPLY
        .with(
            applied.stream().map(DueEvent::position).toArray(Long[]::new),
            applied.stream().map(DueEvent::key).toArray(String[]::new),
            applied.stream().map(Recorder::externalId).toArray(String[]::new))
        .update(transaction);
    List<DueEvent> later = events.stream().filter(Recorder::puttingOff).toList();
    PUT_OFF
        .with(
            later.stream().map(Recorder::externalId).toArray(String[]::new),
            later.stream().map(DueEvent::attempt).toArray(Integer[]::new))
        .update(transaction);
    return events.stream().map(Recorder::outcome).toList();
  }

  private static Handled outcome(DueEvent event) {
    return puttingOff(event)
        ? new Handled.Later("CHAOS", "put off by the chaos test; it is tried again", PUT_OFF_FOR)
        : new Handled.Written("recorded");
  }
}
