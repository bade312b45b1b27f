package dev.entrepot.inbox.lanes;

import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The vectors of outcomes in `inbox_chunk`. Whoever moves outcomes holds the lock of their lanes.
final class Outcomes {
  /// An event's outcome becomes another one.
  record Move(
      long position,
      String connection,
      int lane,
      Outcome from,
      Outcome to,
      Map<String, Character> codes) {}

  private static final Sql INSERT =
      Sql.of(
          """
          insert into inbox_chunk
            (slice, lane, first_position, last_position, records, outcomes, offsets, handlers)
          select slice, lane, first_position, last_position, length(outcomes),
            convert_to(outcomes, 'SQL_ASCII'), offsets::int[], handlers::jsonb
          from unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[])
            as c (slice, lane, first_position, last_position, outcomes, offsets, handlers)
          """);

  private static final Sql FIND =
      Sql.of(
          """
          select p.position, c.slice, c.lane, c.last_position,
            array_position(c.offsets, (p.position - c.first_position)::int) - 1 as index
          from unnest(?::int[], ?::int[], ?::bigint[]) as p (slice, lane, position)
          join lateral (
            select * from inbox_chunk c
            where c.slice = p.slice and c.lane = p.lane and c.last_position >= p.position
              and c.first_position <= p.position
            order by c.last_position limit 1) c on true
          """);

  // Apart, for the events of a chunk are many.
  private static final Sql VECTORS =
      Sql.of(
          """
          select c.slice, c.lane, c.last_position, convert_from(c.outcomes, 'SQL_ASCII') as outcomes,
            c.handlers
          from unnest(?::int[], ?::int[], ?::bigint[]) as k (slice, lane, last_position)
          join inbox_chunk c
            on c.slice = k.slice and c.lane = k.lane and c.last_position = k.last_position
          """);

  private static final Sql UPDATE =
      Sql.of(
          """
          update inbox_chunk set outcomes = ?, handlers = ?
          where slice = ? and lane = ? and last_position = ?
          """);

  private record ChunkKey(int slice, int lane, long last) {}

  private record Found(long position, ChunkKey chunk, int index) {}

  private static final class Vectors {
    private final byte[] outcomes;
    private final Map<String, String> handlers;

    Vectors(String outcomes, Map<String, String> handlers) {
      this.outcomes = outcomes.getBytes(StandardCharsets.US_ASCII);
      this.handlers = handlers;
    }

    void set(int index, Outcome outcome, Map<String, Character> codes) {
      outcomes[index] = (byte) outcome.code();
      codes.forEach((handler, code) -> {
        String before =
            handlers.getOrDefault(
                handler, String.valueOf(HandlerCode.NOT_WANTED).repeat(outcomes.length));
        StringBuilder vector = new StringBuilder(before);
        vector.setCharAt(index, code);
        handlers.put(handler, vector.toString());
      });
    }
  }

  private Outcomes() {}

  static void insert(Connection transaction, List<Settlement.Chunk> chunks) {
    if (chunks.isEmpty()) {
      return;
    }
    INSERT
        .with(
            array(chunks, c -> (int) c.slice()),
            array(chunks, Settlement.Chunk::lane),
            longs(chunks, c -> c.positions().getFirst()),
            longs(chunks, c -> c.positions().getLast()),
            texts(chunks, Settlement.Chunk::outcomes),
            texts(chunks, Outcomes::offsets),
            texts(chunks, c -> CodesJson.writeVectors(c.handlers())))
        .update(transaction);
  }

  private static String offsets(Settlement.Chunk chunk) {
    StringBuilder text = new StringBuilder("{");
    long first = chunk.positions().getFirst();
    for (long position : chunk.positions()) {
      text.append(text.length() == 1 ? "" : ",").append(position - first);
    }
    return text.append('}').toString();
  }

  /// Those of these moves whose events have an outcome.
  static List<Move> present(Connection connection, List<Move> moves) {
    if (moves.isEmpty()) {
      return moves;
    }
    Set<Long> found = find(connection, moves).keySet();
    return moves.stream().filter(move -> found.contains(move.position())).toList();
  }

  /// @throws IllegalStateException when an outcome is not what it is moved from: an invariant broke
  static void move(Connection transaction, List<Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    Map<Long, Found> found = find(transaction, moves);
    Map<ChunkKey, Vectors> chunks = vectors(transaction, found.values());
    for (Move move : moves) {
      Found at = found.get(move.position());
      if (at == null) {
        throw new IllegalStateException("event " + move.position() + " has no outcome to move");
      }
      Vectors vectors = Objects.requireNonNull(chunks.get(at.chunk()));
      char is = (char) vectors.outcomes[at.index()];
      if (is != move.from().code()) {
        throw new IllegalStateException(
            "event " + move.position() + " is " + Outcome.ofCode(is) + ", not " + move.from());
      }
      vectors.set(at.index(), move.to(), move.codes());
    }
    chunks.forEach((key, vectors) ->
        UPDATE
            .with(
                vectors.outcomes,
                new Json(CodesJson.writeVectors(vectors.handlers)),
                key.slice(),
                key.lane(),
                key.last())
            .updateOne(transaction));
  }

  private static Map<ChunkKey, Vectors> vectors(Connection connection, Collection<Found> found) {
    List<ChunkKey> keys = found.stream().map(Found::chunk).distinct().toList();
    Map<ChunkKey, Vectors> chunks = new LinkedHashMap<>();
    VECTORS
        .with(
            array(keys, ChunkKey::slice), array(keys, ChunkKey::lane), longs(keys, ChunkKey::last))
        .list(
            connection,
            row ->
                chunks.put(
                    key(row),
                    new Vectors(
                        row.text("outcomes"), CodesJson.readVectors(row.json("handlers")))));
    return chunks;
  }

  private static ChunkKey key(Row row) {
    return new ChunkKey(row.int4("slice"), row.int4("lane"), row.int8("last_position"));
  }

  private static Map<Long, Found> find(Connection connection, Collection<Move> moves) {
    List<Move> all = new ArrayList<>(moves);
    Map<Long, Found> found = new LinkedHashMap<>();
    FIND.with(
            array(all, m -> (int) Slices.of(m.position())),
            array(all, Move::lane),
            longs(all, Move::position))
        .list(connection, row -> new Found(row.int8("position"), key(row), row.int4("index")))
        .forEach(f -> found.put(f.position(), f));
    return found;
  }

  static <T> Integer[] array(Collection<T> all, java.util.function.ToIntFunction<T> value) {
    return all.stream().map(value::applyAsInt).toArray(Integer[]::new);
  }

  static <T> Long[] longs(Collection<T> all, java.util.function.ToLongFunction<T> value) {
    return all.stream().map(value::applyAsLong).toArray(Long[]::new);
  }

  static <T> String[] texts(Collection<T> all, java.util.function.Function<T, String> value) {
    return all.stream().map(value).toArray(String[]::new);
  }
}
