package dev.entrepot.bench.chaos;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;

/// Writes down each event it is given, in the transaction that settles it. On the class path of the
/// nodes of the chaos test; idle unless the system property `chaos` is true.
public final class Recorder implements EventHandler {
  /// Makes what it writes to.
  static final Sql TABLE =
      Sql.of(
          """
          create table if not exists chaos_applied (
            number      bigint generated always as identity primary key,
            position    bigint not null,
            key         text   not null,
            external_id text   not null
          )
          """);

  private static final Sql APPLY =
      Sql.of(
          """
          insert into chaos_applied (position, key, external_id)
          select position, key, external_id
          from unnest(?, ?, ?) with ordinality as t(position, key, external_id, ordinal)
          order by ordinal
          """);

  private final boolean active = Boolean.getBoolean("chaos");

  @Override
  public String name() {
    return "chaos-recorder";
  }

  @Override
  public boolean wants(String kind, String topic) {
    return active;
  }

  @Override
  public List<Handled> handle(Connection transaction, List<DueEvent> events) {
    APPLY
        .with(
            events.stream().map(DueEvent::position).toArray(Long[]::new),
            events.stream().map(DueEvent::key).toArray(String[]::new),
            events.stream().map(e -> e.message().identity().externalId()).toArray(String[]::new))
        .update(transaction);
    return Collections.nCopies(events.size(), new Handled.Written("recorded"));
  }
}
