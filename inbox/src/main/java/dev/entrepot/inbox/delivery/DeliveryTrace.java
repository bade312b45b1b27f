package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The story of a key's deliveries: every attempt, what is to come, what was given up.
public final class DeliveryTrace implements TraceSource {
  private static final int MOST = 200;

  // The newest deliveries of a key, or of events that came with it and were mended.
  private static final String KEYS =
      """
      select * from delivery
      where (key_hash = ? and key = ? or position = any(array(
          select position from inbox_event
          where handed_hash is not null and key_hash = ? and key = ?)))
        and (?::text is null or connection in (select name from inbox_connection where tenant = ?))
      order by position desc, id desc limit ?\
      """;

  private static final Sql DELIVERIES =
      Sql.of(
          """
          select d.*, inbox_tenant(d.connection) as tenant from (KEYS) d
          """
              .replace("KEYS", KEYS));

  private static final Sql ATTEMPTS =
      Sql.of(
          """
          select d.*, a.at, a.number as attempt, a.took_ms, a.status as answered, a.answer,
            inbox_tenant(d.connection) as tenant
          from (KEYS) d
          join delivery_attempt a on a.position = d.position and a.delivery = d.id
          order by a.at
          """
              .replace("KEYS", KEYS));

  private final EventLog log;

  public DeliveryTrace(EventLog log) {
    this.log = log;
  }

  @Override
  public List<Step> trace(Connection connection, String key) {
    return story(connection, key, null);
  }

  @Override
  public List<Step> trace(Connection connection, String key, String tenant) {
    return story(connection, key, tenant);
  }

  private List<Step> story(Connection connection, String key, @Nullable String tenant) {
    String kept = StorableText.repair(key);
    long hash = log.keyHash(kept);
    List<Step> steps =
        new ArrayList<>(
            ATTEMPTS
                .with(hash, kept, hash, kept, tenant, tenant, MOST)
                .list(
                    connection,
                    row ->
                        attempt(
                                EventDelivery.of(row),
                                row.instant("at"),
                                row.int4("attempt"),
                                row.int4("took_ms"),
                                row.int4OrNull("answered"),
                                row.text("answer"))
                            .of(tenant(row))));
    DELIVERIES
        .with(hash, kept, hash, kept, tenant, tenant, MOST)
        .list(
            connection,
            row -> state(EventDelivery.of(row)).map(step -> step.of(tenant(row))).stream().toList())
        .forEach(steps::addAll);
    return steps;
  }

  private static @Nullable String tenant(Row row) {
    String tenant = row.text("tenant");
    return tenant.isEmpty() ? null : tenant;
  }

  private static Step attempt(
      EventDelivery delivery,
      Instant at,
      int number,
      int tookMillis,
      @Nullable Integer status,
      String answer) {
    String what = status != null && status / 100 == 2 ? "delivered" : "not delivered";
    String said = status == null ? answer : answer.isEmpty() ? "" + status : status + ": " + answer;
    return new Step(
        at,
        what,
        "delivery/" + delivery.id().text(),
        delivery.replay(),
        null,
        "to %s, attempt %d, %d ms; %s".formatted(delivery.destination(), number, tookMillis, said));
  }

  /// Empty: its attempts tell it.
  private static Optional<Step> state(EventDelivery delivery) {
    Instant finished = delivery.finishedAt();
    boolean givenUp = delivery.state().finished() && delivery.state() != DeliveryState.DELIVERED;
    if (givenUp && finished != null) {
      return Optional.of(
          step(delivery, finished, delivery.state().name().toLowerCase(Locale.ROOT), ""));
    }
    if (delivery.state().finished()) {
      return Optional.empty();
    }
    Instant due = delivery.dueAt();
    return Optional.of(
        step(
            delivery,
            delivery.createdAt(),
            "to be delivered",
            due == null ? "" : ", again at " + due));
  }

  private static Step step(EventDelivery delivery, Instant at, String what, String more) {
    return new Step(
        at,
        what,
        "delivery/" + delivery.id().text(),
        delivery.replay(),
        null,
        "to "
            + delivery.destination()
            + more
            + (delivery.reason() == null ? "" : ": " + delivery.reason()));
  }
}
