package dev.entrepot.ledger;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Rejected records that are tried again, in mended rows or by reading a file once more. Of all
/// attempts of a record one at most is open: the latest. Once one is accepted, all are mended.
public final class Attempts {
  /// A record that stands for an earlier one.
  ///
  /// @param batch of the earlier one
  /// @param earlier its number there
  /// @param record the number of the later one
  public record Attempt(UUID batch, long earlier, long record) {}

  private Attempts() {}

  /// The attempts that a later batch of the very same records makes of those that are not settled
  /// yet.
  ///
  /// @param batches the earlier batches
  /// @param first the first record of the later batch, and `last` the last
  public static List<Attempt> ofSame(
      Connection transaction, List<UUID> batches, long first, long last) {
    return Sql.of(
            """
            select batch_id, record from dead_letter
            where batch_id = any(?) and record between ? and ? and state in ('open', 'retried')
            """)
        .with(batches.toArray(UUID[]::new), first, last)
        .list(
            transaction,
            row -> new Attempt(row.uuid("batch_id"), row.int8("record"), row.int8("record")));
  }

  /// Says what became of attempts: earlier ones are mended, or the new ones are those that count.
  /// Whatever was mended or dismissed stays so. Whoever stands for a record that was not rejected
  /// is no attempt.
  ///
  /// @param by the batch of the new ones, whose dead letters are kept already
  /// @param rejected those of its records that were rejected
  public static void settle(
      Connection transaction,
      UUID by,
      Collection<Attempt> attempts,
      Set<Long> rejected,
      String actor) {
    if (attempts.isEmpty()) {
      return;
    }
    List<Attempt> all = new ArrayList<>(attempts);
    UUID[] batches = all.stream().map(Attempt::batch).toArray(UUID[]::new);
    Long[] earlier = all.stream().map(Attempt::earlier).toArray(Long[]::new);
    Long[] records = all.stream().map(Attempt::record).toArray(Long[]::new);
    Long[] failed = rejected.toArray(Long[]::new);
    Sql.of(
            """
            update dead_letter d set first_batch = d.batch_id, first_record = d.record
            from unnest(?::uuid[], ?::bigint[]) a (batch, earlier)
            where d.batch_id = a.batch and d.record = a.earlier and d.first_batch is null
            """)
        .with(batches, earlier)
        .update(transaction);
    Sql.of(
            """
            update dead_letter d set first_batch = e.first_batch, first_record = e.first_record
            from unnest(?::uuid[], ?::bigint[], ?::bigint[]) a (batch, earlier, record)
            join dead_letter e on e.batch_id = a.batch and e.record = a.earlier
            where d.batch_id = ? and d.record = a.record
            """)
        .with(batches, earlier, records, by)
        .update(transaction);
    Sql.of(
            """
            with attempt as (
              select distinct on (e.first_batch, e.first_record)
                e.first_batch, e.first_record, a.record, a.record = any(?) as rejected
              from unnest(?::uuid[], ?::bigint[], ?::bigint[]) a (batch, earlier, record)
              join dead_letter e on e.batch_id = a.batch and e.record = a.earlier
              order by e.first_batch, e.first_record, rejected, a.record desc)
            update dead_letter d
            set state = case when a.rejected then 'retried' else 'mended' end,
                resolved_batch = ?, resolved_record = a.record, resolved_by = ?, resolved_at = now()
            from attempt a
            where d.first_batch = a.first_batch and d.first_record = a.first_record
              and d.state in ('open', 'retried')
              and (d.batch_id <> ? or d.record <> a.record)
            """)
        .with(failed, batches, earlier, records, by, actor, by)
        .update(transaction);
  }

  /// Records that were accepted at first are rejected after all: they mended nothing, and count as
  /// attempts themselves. Their dead letters are kept already.
  public static void takeBack(Connection transaction, UUID batch, Collection<Long> records) {
    if (records.isEmpty()) {
      return;
    }
    Sql.of(
            """
            with back as (
              update dead_letter
              set state = 'retried', first_batch = coalesce(first_batch, batch_id),
                  first_record = coalesce(first_record, record)
              where resolved_batch = ? and resolved_record = any(?) and state = 'mended'
              returning resolved_record, first_batch, first_record)
            update dead_letter d set first_batch = b.first_batch, first_record = b.first_record
            from back b
            where d.batch_id = ? and d.record = b.resolved_record
            """)
        .with(batch, records.toArray(Long[]::new), batch)
        .update(transaction);
  }
}
