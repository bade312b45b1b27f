package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.MappingJson;
import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.TabularException;
import dev.entrepot.onboarding.tabular.TabularFile;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where rows stand, as a spreadsheet shows it. What is kept of a row says so; an accepted row is
/// found by reading its file again, from the beginning up to it. A mended row stands where the row
/// does that it mends.
final class RowPlaces {
  /// So many rows are read for one question; what lies behind them is told without a number.
  private static final int MOST_READ = 200_000;

  /// The files that are opened for one question have so many bytes at most, those that are packed
  /// counted as if they were unpacked: a file is looked through for its encoding first.
  private static final long MOST_BYTES = 100_000_000;

  private static final int PACKED = 10;
  private static final int DEEPEST = 20;

  private static final Sql FILES =
      Sql.of(
          """
          select id, vendor, file_name, encode(content_hash, 'hex') as hash, layout, mapping, header,
            sheet
          from upload
          where id = any(?)
          """);

  private static final Sql KEPT =
      Sql.of(
          """
          select o.upload, o.row, coalesce(d.line, p.line, w.line) as line
          from unnest(?::uuid[], ?::bigint[]) o (upload, row)
          left join dead_letter d on d.batch_id = o.upload and d.record = o.row
          left join proposal p on p.batch_id = o.upload and p.record = o.row
          left join lateral (
            select line from upload_warning where batch_id = o.upload and record = o.row limit 1
          ) w on true
          where coalesce(d.line, p.line, w.line) > 0
          """);

  private final Database database;
  private final FileStore files;

  RowPlaces(Database database, FileStore files) {
    this.database = database;
    this.files = files;
  }

  private record KeptFile(
      UUID id,
      String vendor,
      String fileName,
      String hash,
      boolean ofErrorFile,
      @Nullable String mapping,
      List<String> header,
      @Nullable Integer sheet) {

    static KeptFile of(Row row) {
      return new KeptFile(
          row.uuid("id"),
          row.text("vendor"),
          row.text("file_name"),
          row.text("hash"),
          SourceFile.ofErrorFile(row.textOrNull("layout")),
          row.jsonOrNull("mapping"),
          header(row),
          row.int4OrNull("sheet"));
    }

    private static List<String> header(Row row) {
      List<@Nullable String> names = row.textArrayOrNull("header");
      return names == null
          ? List.of()
          : names.stream().map(name -> Objects.requireNonNullElse(name, "")).toList();
    }
  }

  /// The places of rows; those of unknown uploads are left out.
  Map<RowReference, RowPlace> of(Collection<RowReference> rows) {
    return new Look().of(Set.copyOf(rows), null, 0);
  }

  /// One question.
  private final class Look {
    private int left = MOST_READ;
    private long bytes = MOST_BYTES;

    /// @param vendor whose rows they must be; null: anybody's. A reference in a file that somebody
    ///   sent may name the upload of another
    Map<RowReference, RowPlace> of(Set<RowReference> rows, @Nullable String vendor, int depth) {
      Map<UUID, KeptFile> known = known(rows, vendor);
      Map<RowReference, Long> lines = kept(rows);
      Map<RowReference, RowReference> origins = new HashMap<>();
      known.values().forEach(file -> read(file, rows, lines, origins));
      Map<RowReference, RowPlace> places = new HashMap<>();
      for (KeptFile file : known.values()) {
        List<RowReference> mended =
            origins.keySet().stream().filter(row -> row.upload().equals(file.id)).toList();
        Set<RowReference> before = new HashSet<>();
        mended.forEach(row -> before.add(Objects.requireNonNull(origins.get(row))));
        Map<RowReference, RowPlace> earlier =
            before.isEmpty() || depth == DEEPEST ? Map.of() : of(before, file.vendor, depth + 1);
        for (RowReference row : rows) {
          if (row.upload().equals(file.id)) {
            RowPlace place = earlier.get(origins.getOrDefault(row, row));
            places.put(row, place == null ? own(file, lines.get(row)) : place);
          }
        }
      }
      return places;
    }

    /// What is kept of a mended row's place is that in the file it was rejected in first.
    private static RowPlace own(KeptFile file, @Nullable Long line) {
      return new RowPlace(file.id, file.fileName, file.ofErrorFile ? null : line);
    }

    private void read(
        KeptFile file,
        Set<RowReference> rows,
        Map<RowReference, Long> lines,
        Map<RowReference, RowReference> origins) {
      TreeSet<Long> wanted = new TreeSet<>();
      for (RowReference row : rows) {
        if (row.upload().equals(file.id) && (file.ofErrorFile || !lines.containsKey(row))) {
          wanted.add(row.row());
        }
      }
      if (wanted.isEmpty() || file.mapping == null || wanted.getFirst() > left) {
        return;
      }
      long size = size(file);
      if (size > bytes) {
        return;
      }
      bytes -= size;
      try (SourceRows source = open(file, file.mapping)) {
        for (SourceRows.SourceRow next = source.next();
            next != null && !wanted.isEmpty() && left > 0;
            next = source.next()) {
          left--;
          if (wanted.remove(next.row().number())) {
            RowReference row = new RowReference(file.id, next.row().number());
            lines.put(row, next.row().line());
            if (next.origin() != null) {
              RowReference.parse(next.origin()).ifPresent(origin -> origins.put(row, origin));
            }
          }
        }
      } catch (TabularException | FileFailure e) {
        // It lies elsewhere, or breaks off: told without a number.
      }
    }
  }

  /// How many bytes may have to be looked at; none when it lies elsewhere.
  private long size(KeptFile file) {
    String name = file.fileName.toLowerCase(Locale.ROOT);
    try {
      long kept = files.holds(file.hash) ? Files.size(files.path(file.hash)) : 0;
      return name.endsWith(".gz") || name.endsWith(".xlsx") ? kept * PACKED : kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SourceRows open(KeptFile file, String mapping) {
    if (!files.holds(file.hash)) {
      throw new FileFailure("ELSEWHERE", "the file does not lie on this node", null);
    }
    Mapping read = MappingJson.read(mapping);
    return SourceFile.of(
            TabularFile.inspect(files.path(file.hash), file.fileName, Limits.ofOperator()), null)
        .begunWith(file.header, file.sheet)
        .written(read.decimal())
        .rows();
  }

  private Map<UUID, KeptFile> known(Set<RowReference> rows, @Nullable String vendor) {
    UUID[] ids = rows.stream().map(RowReference::upload).distinct().toArray(UUID[]::new);
    Map<UUID, KeptFile> known = new HashMap<>();
    database.read(connection -> FILES.with((Object) ids).list(connection, KeptFile::of)).stream()
        .filter(file -> vendor == null || vendor.equals(file.vendor))
        .forEach(file -> known.put(file.id, file));
    return known;
  }

  private Map<RowReference, Long> kept(Set<RowReference> rows) {
    List<RowReference> ordered = new ArrayList<>(rows);
    Map<RowReference, Long> lines = new HashMap<>();
    database
        .read(connection ->
            KEPT.with(
                    ordered.stream().map(RowReference::upload).toArray(UUID[]::new),
                    ordered.stream().map(RowReference::row).toArray(Long[]::new))
                .list(
                    connection,
                    row ->
                        Map.entry(
                            new RowReference(row.uuid("upload"), row.int8("row")),
                            row.int8("line"))))
        .forEach(line -> lines.put(line.getKey(), line.getValue()));
    return lines;
  }
}
