package dev.entrepot.ledger;

import dev.entrepot.model.Actor;
import dev.entrepot.storage.CopyIn;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rejected records, kept until somebody has mended or dismissed them, and after. Safe for use by
/// many threads.
public final class DeadLetters {
  private static final List<String> COLUMNS =
      List.of(
          "batch_id",
          "record",
          "line",
          "key",
          "second_key",
          "code",
          "reason",
          "problems",
          "payload",
          "readable");

  private static final long MOST_HELD_BYTES = 8_000_000;

  private final Database database;

  public DeadLetters(Database database) {
    this.database = database;
  }

  /// Keeps rejected records, in the transaction that settles them.
  public void keep(Connection transaction, List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    try (CopyIn copy = CopyIn.into(transaction, "dead_letter", COLUMNS)) {
      for (DeadLetter letter : letters) {
        copy.row();
        copy.uuid(letter.batch());
        copy.int8(letter.record());
        copy.int8(letter.line());
        copy.text(letter.key());
        copy.text(letter.secondKey());
        copy.text(letter.code());
        copy.text(letter.reason());
        copy.jsonb(letter.problems());
        copy.textArray(letter.payload());
        copy.bool(letter.readable());
      }
      copy.finish();
    }
  }

  /// Some dead letters of a batch.
  ///
  /// @param more whether others follow
  public record Slice(List<DeadLetter> letters, boolean more) {
    public Slice {
      letters = List.copyOf(letters);
    }
  }

  /// The dead letters of a batch in order, one at least if there is any, and no more than are well
  /// held in memory, whatever their size.
  ///
  /// @param after only records behind this one
  /// @param limit the most
  public Slice slice(
      UUID batch, @Nullable String code, DeadLetter.@Nullable State state, long after, int limit) {
    record Found(DeadLetter letter, long all) {}
    List<Found> found =
        database.read(connection ->
            Sql.of(
                    """
                    select * from (
                      select *, count(*) over () as found, row_number() over (order by record) as n,
                        sum(octet_length(payload::text) + octet_length(problems::text))
                          over (order by record) as held
                      from (
                        select * from dead_letter
                        where batch_id = ? and record > ?
                          and (?::text is null or code = ?) and (?::text is null or state = ?)
                        order by record limit ?) wanted) counted
                    where n <= ? and (n = 1 or held <= ?)
                    order by record
                    """)
                .with(
                    batch,
                    after,
                    code,
                    code,
                    name(state),
                    name(state),
                    limit + 1,
                    limit,
                    MOST_HELD_BYTES)
                .list(connection, row -> new Found(letter(row), row.int8("found"))));
    return new Slice(
        found.stream().map(Found::letter).toList(),
        !found.isEmpty() && found.size() < found.getFirst().all());
  }

  /// The dead letters of a batch in order, all that the limit allows: for records that are small.
  ///
  /// @param after only records behind this one
  public List<DeadLetter> list(
      UUID batch, @Nullable String code, DeadLetter.@Nullable State state, long after, int limit) {
    return database.read(connection ->
        Sql.of(
                """
                select * from dead_letter
                where batch_id = ? and record > ?
                  and (?::text is null or code = ?) and (?::text is null or state = ?)
                order by record limit ?
                """)
            .with(batch, after, code, code, name(state), name(state), limit)
            .list(connection, DeadLetters::letter));
  }

  public Optional<DeadLetter> find(UUID batch, long record) {
    return database.read(connection ->
        Sql.of("select * from dead_letter where batch_id = ? and record = ?")
            .with(batch, record)
            .first(connection, DeadLetters::letter));
  }

  /// Dead letters with a key, oldest first, without their payloads; of problems code and message.
  List<DeadLetter> withKey(Connection connection, String key, int limit) {
    return Sql.of(
            """
            select batch_id, record, line, key, second_key, code, reason,
              coalesce(
                (select jsonb_agg(jsonb_build_object(
                    'code', p ->> 'code', 'message', left(p ->> 'message', 1000)) order by place)
                  from jsonb_array_elements(problems) with ordinality of (p, place)),
                '[]')::text as problems,
              '{}'::text[] as payload, readable, state, resolved_batch, resolved_record,
              resolved_by, resolved_at
            from dead_letter
            where (batch_id, record) in (
              select batch_id, record from dead_letter
              where left(key, 200) = left(?, 200) and key = ?
              union
              select batch_id, record from dead_letter
              where left(second_key, 200) = left(?, 200) and second_key = ?)
            order by batch_id, record limit ?
            """)
        .with(key, key, key, key, limit)
        .list(connection, DeadLetters::letter);
  }

  /// Resolves open dead letters.
  ///
  /// @param records which; null: all open ones of the batch
  /// @return how many were open and are resolved now
  public long dismiss(
      Connection transaction, UUID batch, @Nullable List<Long> records, Actor actor) {
    return Sql.of(
            """
            update dead_letter
            set state = 'dismissed', resolved_by = ?, resolved_at = now()
            where batch_id = ? and state = 'open' and (?::bigint[] is null or record = any(?))
            """)
        .with(
            actor.reference(),
            batch,
            records == null ? null : records.toArray(Long[]::new),
            records == null ? null : records.toArray(Long[]::new))
        .update(transaction);
  }

  /// A rejected record and the line of the source it began on.
  public record Place(long line, long record) {}

  /// The records of a batch that began on some lines, in the lines' order. Several may have begun
  /// on one where a batch was put together of several sources.
  public List<Place> at(UUID batch, List<Long> lines) {
    return database.read(connection ->
        Sql.of(
                """
                select line, record from dead_letter
                where batch_id = ? and line = any(?)
                order by line, record
                """)
            .with(batch, lines.toArray(Long[]::new))
            .list(connection, row -> new Place(row.int8("line"), row.int8("record"))));
  }

  private static @Nullable String name(DeadLetter.@Nullable State state) {
    return state == null ? null : state.name().toLowerCase(Locale.ROOT);
  }

  private static DeadLetter letter(Row row) {
    return new DeadLetter(
        row.uuid("batch_id"),
        row.int8("record"),
        row.int8("line"),
        row.textOrNull("key"),
        row.textOrNull("second_key"),
        row.text("code"),
        row.text("reason"),
        row.text("problems"),
        row.textArray("payload").stream()
            .map(cell -> Objects.requireNonNullElse(cell, ""))
            .toList(),
        row.bool("readable"),
        DeadLetter.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.uuidOrNull("resolved_batch"),
        row.int8OrNull("resolved_record"),
        row.textOrNull("resolved_by"),
        row.instantOrNull("resolved_at"));
  }
}
