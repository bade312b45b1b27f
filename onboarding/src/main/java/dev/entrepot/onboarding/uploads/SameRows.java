package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the rows of a chunk did before: a file of which the same sheet is read once more has the
/// same rows under the same numbers, and a mended row stands for the one that it mends. What such a
/// row made is no duplicate of it.
///
/// @param uploads the others of the same bytes and columns
/// @param mended the rows that were mended since, and by which rows
/// @param origins for which earlier rows a mended one stands, by its number
record SameRows(Set<UUID> uploads, Map<Long, RowReference> mended, Map<Long, Origin> origins) {
  static final SameRows NONE = new SameRows(Set.of(), Map.of(), Map.of());

  /// A rejected row.
  ///
  /// @param uploads all that have it: they are of the same bytes and columns
  record Origin(Set<UUID> uploads, long row) {}

  SameRows {
    uploads = Set.copyOf(uploads);
    mended = Map.copyOf(mended);
    origins = Map.copyOf(origins);
  }

  /// Whether this very row, or the one that it mends, brought a product to the catalogue.
  boolean made(@Nullable Product product, long number) {
    UUID upload = product == null ? null : product.createdBatch();
    Long row = product == null ? null : product.createdRecord();
    if (upload == null || row == null) {
      return false;
    }
    Origin origin = origins.get(number);
    return (row == number && uploads.contains(upload))
        || (origin != null && row == origin.row && origin.uploads.contains(upload));
  }

  /// The row that mends a row of the same bytes; null: nobody mended it.
  @Nullable RowReference mending(long number) {
    return mended.get(number);
  }

  /// @param uploads the others of the same bytes and columns
  static SameRows find(
      Connection connection, String vendor, Collection<UUID> uploads, CheckedChunk chunk) {
    Map<Long, RowReference> references = new HashMap<>();
    for (CheckedChunk.Entry entry : chunk.entries()) {
      String origin = entry.origin();
      if (origin != null) {
        RowReference.parse(origin)
            .ifPresent(reference -> references.put(entry.row().number(), reference));
      }
    }
    return uploads.isEmpty() && references.isEmpty()
        ? NONE
        : new SameRows(
            Set.copyOf(uploads),
            uploads.isEmpty() ? Map.of() : mended(connection, uploads, chunk),
            references.isEmpty() ? Map.of() : origins(connection, vendor, references));
  }

  /// The rows that were mended by another file: by one of the same bytes, they are the same rows.
  private static Map<Long, RowReference> mended(
      Connection connection, Collection<UUID> uploads, CheckedChunk chunk) {
    UUID[] same = uploads.toArray(UUID[]::new);
    Map<Long, RowReference> found = new HashMap<>();
    Sql.of(
            """
            select record, resolved_batch, resolved_record from dead_letter
            where batch_id = any(?) and record between ? and ? and state = 'mended'
              and resolved_batch <> all(?)
            order by resolved_batch, resolved_record
            """)
        .with(same, chunk.firstRecord(), chunk.lastRecord(), same)
        .list(
            connection,
            row ->
                Map.entry(
                    row.int8("record"),
                    new RowReference(row.uuid("resolved_batch"), row.int8("resolved_record"))))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  private static Map<Long, Origin> origins(
      Connection connection, String vendor, Map<Long, RowReference> references) {
    Map<UUID, Set<UUID>> same = sameBytes(connection, vendor, references.values());
    Set<RowReference> open = open(connection, same, references.values());
    Map<Long, Origin> origins = new HashMap<>();
    references.forEach((number, reference) -> {
      if (open.contains(reference)) {
        origins.put(
            number, new Origin(same.getOrDefault(reference.upload(), Set.of()), reference.row()));
      }
    });
    return origins;
  }

  /// All uploads of the same bytes and columns as each one of the vendor that is referred to.
  private static Map<UUID, Set<UUID>> sameBytes(
      Connection connection, String vendor, Collection<RowReference> references) {
    Map<UUID, Set<UUID>> found = new HashMap<>();
    Sql.of(
            """
            select o.id as origin, s.id as same
            from upload o join upload s on s.vendor = o.vendor and s.content_hash = o.content_hash
              and s.header is not distinct from o.header
            where o.vendor = ? and o.id = any(?)
            """)
        .with(vendor, references.stream().map(RowReference::upload).distinct().toArray(UUID[]::new))
        .list(connection, row -> Map.entry(row.uuid("origin"), row.uuid("same")))
        .forEach(pair ->
            found.computeIfAbsent(pair.getKey(), _ -> new HashSet<>()).add(pair.getValue()));
    return found;
  }

  /// Those that wait to be mended still, or came right by themselves when their file was read once
  /// more. Whoever refers to another row, such as an accepted one, mends nothing.
  private static Set<RowReference> open(
      Connection connection, Map<UUID, Set<UUID>> same, Collection<RowReference> references) {
    record Letter(RowReference row, String state, @Nullable UUID mendedBy) {}
    List<RowReference> asked =
        references.stream().filter(r -> same.containsKey(r.upload())).toList();
    Set<RowReference> open = new HashSet<>();
    Sql.of(
            """
            select d.batch_id, d.record, d.state, d.resolved_batch
            from unnest(?::uuid[], ?::bigint[]) o (upload, record)
            join dead_letter d on d.batch_id = o.upload and d.record = o.record
            """)
        .with(
            asked.stream().map(RowReference::upload).toArray(UUID[]::new),
            asked.stream().map(RowReference::row).toArray(Long[]::new))
        .list(
            connection,
            row ->
                new Letter(
                    new RowReference(row.uuid("batch_id"), row.int8("record")),
                    row.text("state"),
                    row.uuidOrNull("resolved_batch")))
        .forEach(letter -> {
          Set<UUID> bytes = Objects.requireNonNull(same.get(letter.row.upload()));
          if (letter.state.equals("open")
              || (letter.mendedBy != null && bytes.contains(letter.mendedBy))) {
            open.add(letter.row);
          }
        });
    return open;
  }
}
