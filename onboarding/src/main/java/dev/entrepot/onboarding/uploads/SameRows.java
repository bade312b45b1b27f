package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
/// @param late by which rows those were mended already for which a row stands, by its number
record SameRows(
    Set<UUID> uploads,
    Map<Long, RowReference> mended,
    Map<Long, Origin> origins,
    Map<Long, RowReference> late) {
  static final SameRows NONE = new SameRows(Set.of(), Map.of(), Map.of(), Map.of());

  /// A rejected row.
  ///
  /// @param uploads all that have it: they are of the same bytes and columns
  record Origin(Set<UUID> uploads, long row) {}

  SameRows {
    uploads = Set.copyOf(uploads);
    mended = Map.copyOf(mended);
    origins = Map.copyOf(origins);
    late = Map.copyOf(late);
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

  /// The row that mended already what a row stands for; null: nobody did, or it stands for none.
  @Nullable RowReference mendedBefore(long number) {
    return late.get(number);
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
    if (uploads.isEmpty() && references.isEmpty()) {
      return NONE;
    }
    Map<UUID, Set<UUID>> same =
        references.isEmpty() ? Map.of() : sameBytes(connection, vendor, references.values());
    Map<RowReference, Letter> letters = letters(connection, same, references.values());
    Map<Long, Origin> origins = new HashMap<>();
    Map<Long, RowReference> late = new HashMap<>();
    references.forEach((number, reference) -> {
      Letter letter = letters.get(reference);
      Set<UUID> bytes = same.getOrDefault(reference.upload(), Set.of());
      if (letter != null && letter.mends(bytes)) {
        origins.put(number, new Origin(bytes, reference.row()));
      } else if (letter != null && letter.mendedBy != null) {
        late.put(number, letter.mendedBy);
      }
    });
    return new SameRows(
        Set.copyOf(uploads),
        uploads.isEmpty() ? Map.of() : mended(connection, uploads, chunk),
        origins,
        late);
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

  /// All uploads of the same bytes and columns as each one of the vendor that is referred to.
  private static Map<UUID, Set<UUID>> sameBytes(
      Connection connection, String vendor, Collection<RowReference> references) {
    Map<UUID, Set<UUID>> found = new HashMap<>();
    Sql.of(
            """
            select o.id as origin, s.id as same
            from upload o join upload s on s.vendor = o.vendor and s.content_hash = o.content_hash
              and s.header is not distinct from o.header
              and coalesce(s.sheet, o.sheet, 0) = coalesce(o.sheet, s.sheet, 0)
            where o.vendor = ? and o.id = any(?)
            """)
        .with(vendor, references.stream().map(RowReference::upload).distinct().toArray(UUID[]::new))
        .list(connection, row -> Map.entry(row.uuid("origin"), row.uuid("same")))
        .forEach(pair ->
            found.computeIfAbsent(pair.getKey(), _ -> new HashSet<>()).add(pair.getValue()));
    return found;
  }

  /// A rejected row that is referred to.
  ///
  /// @param open whether it is still to be mended, here or where it was sent again
  /// @param mendedBy null when it is not mended
  private record Letter(boolean open, @Nullable RowReference mendedBy) {
    /// Whether it waits to be mended still, or came right by itself when its file was read once
    /// more.
    boolean mends(Set<UUID> bytes) {
      return open || (mendedBy != null && bytes.contains(mendedBy.upload()));
    }
  }

  /// Whoever refers to another row, such as an accepted one, mends nothing.
  private static Map<RowReference, Letter> letters(
      Connection connection, Map<UUID, Set<UUID>> same, Collection<RowReference> references) {
    List<RowReference> asked =
        references.stream().filter(r -> same.containsKey(r.upload())).toList();
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<RowReference, Letter> found = new HashMap<>();
    Sql.of(
            """
            select d.batch_id, d.record, d.state, d.resolved_batch, d.resolved_record
            from unnest(?::uuid[], ?::bigint[]) o (upload, record)
            join dead_letter d on d.batch_id = o.upload and d.record = o.record
            """)
        .with(
            asked.stream().map(RowReference::upload).toArray(UUID[]::new),
            asked.stream().map(RowReference::row).toArray(Long[]::new))
        .list(
            connection,
            row ->
                Map.entry(
                    new RowReference(row.uuid("batch_id"), row.int8("record")),
                    new Letter(
                        row.text("state").equals("open") || row.text("state").equals("retried"),
                        row.text("state").equals("mended")
                            ? new RowReference(
                                row.uuid("resolved_batch"), row.int8("resolved_record"))
                            : null)))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }
}
