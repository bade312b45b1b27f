package dev.entrepot.inbox.hotstore;

import dev.entrepot.storage.Sql;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ends of some folds, written in one go: one statement for those that are there, one for the
/// new ones, and one or two for look-ups when any changed. For one use.
final class FoldBatch {
  private static final int MOST_BYTES = 16 << 20;

  // Documents travel as one piece of binary and are cut apart by the server: as an array of text
  // each would be escaped and parsed.
  private static final String GIVEN =
      """
      with given as (
        select u.*, case when u.size >= 0
          then convert_from(substring(b.bytes from u.start for u.size), 'UTF8') end as document
        from (select ?::bytea as bytes) b, unnest(?::text[], ?::text[], ?::text[], ?::text[],
          ?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::uuid[],
          ?::text[], ?::text[], ?::int[], ?::int[], ?::timestamptz[], ?::bigint[])
          with ordinality u (tenant, type, account, id, at, triggered_at, progress, position,
            received_at, digest, state, lookups, start, size, old_at, old_position, number)
      )
      """;

  private static final Sql UPDATE =
      Sql.of(
          GIVEN
              + """
              update hot_entity e
              set at = g.at, triggered_at = g.triggered_at, progress = g.progress,
                deleted = g.digest is null, position = g.position, received_at = g.received_at,
                digest = g.digest, state = g.state, lookups = g.lookups,
                document = case when e.digest = g.digest then e.document else g.document end
              from given g
              where e.tenant = g.tenant and e.type = g.type and e.account = g.account
                and e.id = g.id and e.at = g.old_at and e.position = g.old_position
              returning g.number
              """);

  private static final Sql INSERT =
      Sql.of(
          GIVEN
              + """
              insert into hot_entity (tenant, type, account, id, at, triggered_at, progress, deleted,
                position, received_at, digest, state, lookups, document)
              select tenant, type, account, id, at, triggered_at, progress, digest is null,
                position, received_at, digest, state, lookups, document
              from given order by number
              on conflict do nothing
              returning tenant, type, account, id
              """);

  private record Entry(EntityKey key, Fold fold) {}

  private final List<Entry> present = new ArrayList<>();
  private final List<Entry> absent = new ArrayList<>();
  private long bytes;

  void add(EntityKey key, Fold fold) {
    (fold.first() == null ? absent : present).add(new Entry(key, fold));
    String document = fold.last().document();
    bytes += document == null ? 0 : document.length();
  }

  boolean isFull() {
    return bytes > MOST_BYTES;
  }

  /// @return those that were still as they had been read
  Set<EntityKey> write(Connection transaction) {
    Set<EntityKey> written = new HashSet<>();
    if (!present.isEmpty()) {
      UPDATE
          .with(arguments(present))
          .list(transaction, row -> present.get((int) row.int8("number") - 1).key())
          .forEach(written::add);
    }
    if (!absent.isEmpty()) {
      INSERT.with(arguments(absent)).list(transaction, EntityQueries::key).forEach(written::add);
    }
    LookupChanges lookups = new LookupChanges();
    Stream.concat(present.stream(), absent.stream())
        .filter(entry -> written.contains(entry.key()))
        .forEach(entry -> lookups.add(entry.key(), entry.fold()));
    lookups.write(transaction);
    return written;
  }

  private static @Nullable Object[] arguments(List<Entry> entries) {
    int count = entries.size();
    Columns columns = new Columns(count);
    for (int i = 0; i < count; i++) {
      columns.set(i, entries.get(i).fold());
    }
    Object[] keys = KeyArrays.of(entries.stream().map(Entry::key).toList());
    return new @Nullable Object[] {
      columns.documents.toByteArray(),
      keys[0],
      keys[1],
      keys[2],
      keys[3],
      columns.ats,
      columns.triggeredAts,
      columns.progresses,
      columns.positions,
      columns.receivedAts,
      columns.digests,
      columns.states,
      columns.lookups,
      columns.starts,
      columns.sizes,
      columns.oldAts,
      columns.oldPositions
    };
  }

  private static final class Columns {
    final ByteArrayOutputStream documents = new ByteArrayOutputStream();
    final String[] ats;
    final @Nullable String[] triggeredAts;
    final Long[] progresses;
    final Long[] positions;
    final String[] receivedAts;
    final @Nullable UUID[] digests;
    final @Nullable String[] states;
    final String[] lookups;
    final Integer[] starts;
    final Integer[] sizes;
    final @Nullable String[] oldAts;
    final @Nullable Long[] oldPositions;

    Columns(int count) {
      ats = new String[count];
      triggeredAts = new @Nullable String[count];
      progresses = new Long[count];
      positions = new Long[count];
      receivedAts = new String[count];
      digests = new @Nullable UUID[count];
      states = new @Nullable String[count];
      lookups = new String[count];
      starts = new Integer[count];
      sizes = new Integer[count];
      oldAts = new @Nullable String[count];
      oldPositions = new @Nullable Long[count];
    }

    void set(int i, Fold fold) {
      Head last = fold.last();
      Head first = fold.first();
      ats[i] = last.version().at().toString();
      Instant triggeredAt = last.version().precedence().triggeredAt();
      triggeredAts[i] = triggeredAt == null ? null : triggeredAt.toString();
      progresses[i] = last.version().precedence().progress();
      positions[i] = last.version().position();
      receivedAts[i] = Version.storable(last.receivedAt()).toString();
      digests[i] = last.digest();
      states[i] = last.state();
      lookups[i] = last.lookups();
      starts[i] = documents.size() + 1;
      sizes[i] = -1;
      String document = last.document();
      if (document != null && (first == null || !Objects.equals(first.digest(), last.digest()))) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        documents.writeBytes(bytes);
        sizes[i] = bytes.length;
      }
      if (first != null) {
        oldAts[i] = first.version().at().toString();
        oldPositions[i] = first.version().position();
      }
    }
  }
}
