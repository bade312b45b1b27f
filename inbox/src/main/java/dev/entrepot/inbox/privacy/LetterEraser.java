package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.delivery.DeliveryErasure;
import dev.entrepot.inbox.lanes.EventErasure;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Erases dead letters that became about a customer only by an operator's edit, or whose event was
/// dropped from the log already.
final class LetterEraser implements EventEraser {
  private static final Sql LETTERS =
      Sql.of(
          """
          select d.id, d.position, d.connection, d.topic, d.key, d.reason, d.died_at,
            coalesce(e.body, ''::bytea) as body
          from (select * from inbox_dead_letter where id > ? order by id limit ?) d
          left join inbox_edit e on e.letter = d.id
          order by d.id
          """);

  private final LogSearch search;
  private final EventErasure erasure;
  private final Actor actor;
  private final Clock clock;

  LetterEraser(LogSearch search, EventErasure erasure, Actor actor, Clock clock) {
    this.search = search;
    this.erasure = erasure;
    this.actor = actor;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "dead-letters";
  }

  @Override
  public Step erase(Connection transaction, Scope scope, long after, int limit) {
    // Edited bodies may be long, and come all at once.
    int some = Math.max(1, limit / 50);
    Map<String, OpenConnection> own = search.connections(scope.tenant());
    Concern concern = new Concern(scope);
    List<Long> found = new ArrayList<>();
    List<Long> looked = new ArrayList<>();
    LETTERS
        .with(after, some)
        .list(
            transaction,
            row -> {
              looked.add(row.int8("id"));
              String reason = row.text("reason");
              if (!reason.equals(EventErasure.ERASED)
                  && own.containsKey(row.text("connection"))
                  && !scope.isNewer(null, row.instant("died_at"))
                  && concerns(concern, own, row, reason)) {
                found.add(row.int8("position"));
              }
              return true;
            });
    Instant now = clock.instant();
    int _ = erasure.erase(transaction, actor, found, now);
    DeliveryErasure.erase(transaction, found, EventErasure.ERASED);
    long distinct = looked.stream().distinct().count();
    return new Step(
        (int) found.stream().distinct().count(),
        looked.isEmpty() ? after : looked.getLast(),
        distinct < some);
  }

  private static boolean concerns(
      Concern concern, Map<String, OpenConnection> own, Row row, String reason) {
    Body body = Body.of(row.bytes("body"));
    Message message =
        new Message(
            new Identity("-", row.text("topic"), row.text("key"), null),
            Headers.NONE,
            body,
            row.instant("died_at"));
    return concern.of(
        message.identity(),
        body.size() == 0 ? null : LogSearch.read(own.get(row.text("connection")), message),
        reason + "\n" + body.text());
  }
}
