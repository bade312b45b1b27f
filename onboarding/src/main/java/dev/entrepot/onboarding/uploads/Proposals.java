package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Actor;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table `proposal`: rows that wait, and what was decided on them.
final class Proposals {
  private static final int BATCH = 5_000;
  private static final long MOST_HELD_BYTES = 8_000_000;
  private static final int MOST_NAMED = 10;

  private Proposals() {}

  /// Which rows are decided on.
  ///
  /// @param rows by their numbers; null: all
  record Wanted(UUID upload, @Nullable List<Long> rows, Uploads.OlderRows older) {
    Long @Nullable [] numbers() {
      return rows == null ? null : rows.toArray(Long[]::new);
    }

    boolean evenOlder() {
      return older == Uploads.OlderRows.APPLY;
    }
  }

  record Proposal(long record, long line, CandidateJson.Waiting waiting, List<String> payload) {}

  /// The next rows that wait: one at least if there is any, and no more than are well held in
  /// memory.
  static List<Proposal> lock(Connection transaction, Wanted wanted) {
    // Decisions take turns: beside another one, rows that it has decided meanwhile would be all
    // that is seen, and none of those that are left.
    Sql.of("select id from upload where id = ? for no key update")
        .with(wanted.upload)
        .first(transaction, row -> row.uuid("id"));
    return Sql.of(
            """
            select * from proposal
            where batch_id = ? and state = 'pending' and (?::bigint[] is null or record = any(?))
              and (? or newer is null)
              and record <= (
                select max(record) from (
                  select record, row_number() over (order by record) as n,
                    sum(octet_length(product::text) + octet_length(payload::text))
                      over (order by record) as held
                  from (
                    select record, product, payload from proposal
                    where batch_id = ? and state = 'pending'
                      and (?::bigint[] is null or record = any(?)) and (? or newer is null)
                    order by record limit ?) wanted) counted
                where n = 1 or held <= ?)
            order by record for update
            """)
        .with(
            wanted.upload,
            wanted.numbers(),
            wanted.numbers(),
            wanted.evenOlder(),
            wanted.upload,
            wanted.numbers(),
            wanted.numbers(),
            wanted.evenOlder(),
            BATCH,
            MOST_HELD_BYTES)
        .list(transaction, Proposals::proposal);
  }

  private static Proposal proposal(Row row) {
    return new Proposal(
        row.int8("record"),
        row.int8("line"),
        CandidateJson.read(row.json("product")),
        row.textArray("payload").stream()
            .map(cell -> Objects.requireNonNullElse(cell, ""))
            .toList());
  }

  /// What waits still of the rows that are decided on.
  ///
  /// @param rows that were not looked at yet
  record Left(long rows, long older, List<UUID> newer) {}

  static Left left(Connection transaction, Wanted wanted) {
    return Sql.of(
            """
            select count(*) filter (where ? or newer is null) as n,
              count(*) filter (where not ? and newer is not null) as older,
              (array_agg(distinct newer::text) filter (where not ? and newer is not null))[:?]
                as uploads
            from proposal
            where batch_id = ? and state = 'pending' and (?::bigint[] is null or record = any(?))
            """)
        .with(
            wanted.evenOlder(),
            wanted.evenOlder(),
            wanted.evenOlder(),
            MOST_NAMED,
            wanted.upload,
            wanted.numbers(),
            wanted.numbers())
        .one(
            transaction,
            row -> {
              List<@Nullable String> uploads = row.textArrayOrNull("uploads");
              return new Left(
                  row.int8("n"),
                  row.int8("older"),
                  uploads == null
                      ? List.of()
                      : uploads.stream().map(id -> UUID.fromString(String.valueOf(id))).toList());
            });
  }

  /// Remembers which rows are older than what the catalogue holds: they are passed over from now
  /// on, unless they are wanted for all that.
  static void leave(Connection transaction, UUID upload, Map<Long, UUID> older) {
    if (older.isEmpty()) {
      return;
    }
    int count =
        Sql.of(
                """
                update proposal p set newer = o.newer
                from unnest(?::bigint[], ?::uuid[]) o (record, newer)
                where p.batch_id = ? and p.record = o.record and p.state = 'pending'
                """)
            .with(older.keySet().toArray(Long[]::new), older.values().toArray(UUID[]::new), upload)
            .update(transaction);
    if (count != older.size()) {
      throw new IllegalStateException(
          "of %d rows of upload %s that are older than the catalogue %d wait"
              .formatted(older.size(), upload, count));
    }
  }

  /// What was decided on a row.
  record Decided(long record, String state, @Nullable String reason) {}

  static void decide(Connection transaction, UUID upload, List<Decided> decided, Actor actor) {
    if (decided.isEmpty()) {
      return;
    }
    int count =
        Sql.of(
                """
                update proposal p
                set state = d.state, decided_by = ?, decided_at = now(),
                    reason = nullif(d.reason, '')
                from unnest(?::bigint[], ?::text[], ?::text[]) d (record, state, reason)
                where p.batch_id = ? and p.record = d.record and p.state = 'pending'
                """)
            .with(
                actor.reference(),
                decided.stream().map(Decided::record).toArray(Long[]::new),
                decided.stream().map(Decided::state).toArray(String[]::new),
                decided.stream()
                    .map(one -> Objects.requireNonNullElse(one.reason, ""))
                    .toArray(String[]::new),
                upload)
            .update(transaction);
    if (count != decided.size()) {
      throw new IllegalStateException(
          "of %d rows of upload %s that waited %d are decided"
              .formatted(decided.size(), upload, count));
    }
  }
}
