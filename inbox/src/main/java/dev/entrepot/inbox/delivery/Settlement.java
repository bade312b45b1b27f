package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.delivery.DeliveryStore.Settled;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Writes down what attempts came to, within a transaction. Done again, because the answer of its
/// commit was lost, it changes nothing.
final class Settlement {
  private static final Sql MOVE =
      Sql.of(
          """
          with old as (
            select d.position, d.id, d.state, s.state as next, s.due_at::timestamptz as due_at,
              s.reason, s.status, s.tried
            from unnest(?::bigint[], ?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::int[],
                ?::int[])
              as s (position, id, attempts, state, due_at, reason, status, tried)
            join delivery d on d.position = s.position and d.id = s.id
              and d.attempts = s.attempts
            where d.state in ('new', 'waiting')
            order by d.id for update of d)
          update delivery d
          set state = old.next, due_at = old.due_at, reason = old.reason, status = old.status,
            attempts = d.attempts + old.tried, tries = d.tries + old.tried,
            finished_at = case when old.next <> 'waiting' then ? end
          from old where d.position = old.position and d.id = old.id
          returning d.position, d.id, d.lane, old.state, d.state as next
          """);

  private static final Sql ATTEMPTED =
      Sql.of(
          """
          insert into delivery_attempt (position, delivery, number, at, took_ms, status, answer)
          select d.position, d.id, d.attempts, a.at::timestamptz, a.took_ms, a.status, a.answer
          from unnest(?::bigint[], ?::bigint[], ?::text[], ?::int[], ?::int[], ?::text[])
            as a (position, id, at, took_ms, status, answer)
          join delivery d on d.position = a.position and d.id = a.id
          on conflict do nothing
          """);

  // Operators may have something tried again and again.
  private static final Sql FORGET =
      Sql.of(
          """
          delete from delivery_attempt a
          using unnest(?::bigint[], ?::bigint[]) as s (position, id)
          join delivery d on d.position = s.position and d.id = s.id
          where a.position = d.position and a.delivery = d.id and a.number <= d.attempts - ?
          """);

  private static final int ATTEMPTS_KEPT = 50;

  // One of a key waits at a time.
  private static final Sql PROMOTE =
      Sql.of(
          """
          update delivery d set state = 'waiting', due_at = ?
          from (
            select distinct on (key_hash) position, id from delivery b
            where destination = ? and key_hash = any(?::bigint[]) and state = 'behind'
              and not exists (
                select from delivery w
                where w.destination = b.destination and w.key_hash = b.key_hash
                  and w.state = 'waiting')
            order by key_hash, id) n
          where d.position = n.position and d.id = n.id and d.state = 'behind'
          """);

  private Settlement() {}

  static void enter(
      Connection transaction, String destination, List<Settled> settled, Instant now) {
    DeliveryBooks books = new DeliveryBooks();
    List<Long> moved =
        MOVE.with(
                longs(settled, one -> one.delivery().position()),
                longs(settled, one -> one.delivery().id()),
                integers(settled, one -> one.delivery().attempts()),
                texts(settled, one -> one.fate().state().word()),
                texts(settled, one -> text(one.fate().dueAt())),
                texts(settled, one -> one.fate().reason()),
                integers(settled, one -> one.attempt().status()),
                integers(settled, one -> one.fate().state() == DeliveryState.SKIPPED ? 0 : 1),
                now)
            .list(
                transaction,
                row -> {
                  books.moved(
                      row.int8("position"),
                      destination,
                      row.int4("lane"),
                      DeliveryState.ofWord(row.text("state")),
                      DeliveryState.ofWord(row.text("next")));
                  return row.int8("id");
                });
    books.enter(transaction);
    Set<Long> tried = Set.copyOf(moved);
    attempts(
        transaction,
        settled.stream()
            .filter(one -> one.fate().state() != DeliveryState.SKIPPED)
            .filter(one -> tried.contains(one.delivery().id()))
            .toList());
    Long[] free =
        settled.stream()
            .filter(one -> one.fate().state().finished())
            .map(one -> one.delivery().keyHash())
            .toArray(Long[]::new);
    int _ = PROMOTE.with(now, destination, free).update(transaction);
  }

  private static void attempts(Connection transaction, List<Settled> tried) {
    if (tried.isEmpty()) {
      return;
    }
    Long[] positions = longs(tried, one -> one.delivery().position());
    Long[] ids = longs(tried, one -> one.delivery().id());
    int _ =
        ATTEMPTED
            .with(
                positions,
                ids,
                texts(tried, one -> text(one.attempt().at())),
                integers(tried, one -> Math.toIntExact(one.attempt().tookMillis())),
                integers(tried, one -> one.attempt().status()),
                texts(tried, one -> one.attempt().answer()))
            .update(transaction);
    if (tried.stream().anyMatch(one -> one.fate().state() != DeliveryState.DELIVERED)) {
      int _ = FORGET.with(positions, ids, ATTEMPTS_KEPT).update(transaction);
    }
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static Long[] longs(List<Settled> all, Function<Settled, Long> value) {
    return all.stream().map(value).toArray(Long[]::new);
  }

  private static @Nullable String[] texts(
      List<Settled> all, Function<Settled, @Nullable String> value) {
    return array(all, value, String[]::new);
  }

  private static @Nullable Integer[] integers(
      List<Settled> all, Function<Settled, @Nullable Integer> value) {
    return array(all, value, Integer[]::new);
  }

  private static <T> @Nullable T[] array(
      List<Settled> all, Function<Settled, @Nullable T> value, IntFunction<@Nullable T[]> make) {
    @Nullable T[] values = make.apply(all.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(Objects.requireNonNull(all.get(i)));
    }
    return values;
  }
}
