package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.MappingJson;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.rules.PastRows;
import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.tabular.TabularException;
import dev.entrepot.onboarding.tabular.TabularFile;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the rows of past files again, the newest file first, as they were mapped then. A row that
/// a newer file has again is left out: mended, or of the same product.
final class PastUploadRows implements PastRows {
  private static final int MOST_FILES = 50;

  /// Those that are left out are read as well.
  private static final int MOST_READ = 500_000;

  private final Database database;
  private final FileStore files;

  PastUploadRows(Database database, FileStore files) {
    this.database = database;
    this.files = files;
  }

  private record PastFile(
      UUID id,
      String vendor,
      String hash,
      String fileName,
      String mapping,
      List<String> header,
      @Nullable Integer sheet) {}

  @Override
  public int newest(@Nullable String vendor, int rows, PastRowVisitor visitor) {
    try (SeenKeys newer = new SeenKeys(files.spillFolder())) {
      Look look = new Look(newer, rows, visitor);
      Set<String> contents = new HashSet<>();
      for (PastFile file : pastFiles(vendor)) {
        if (look.over()) {
          break;
        }
        // A file that was run again is read once, as it was mapped last.
        if (contents.add(file.vendor + file.hash)) {
          look.through(file);
        }
      }
      return look.elsewhere;
    }
  }

  private List<PastFile> pastFiles(@Nullable String vendor) {
    return database.read(connection ->
        Sql.of(
                """
                select id, vendor, content_hash, file_name, mapping, header, sheet from upload
                where (?::text is null or vendor = ?) and mapping is not null
                  and header is not null and state <> 'received'
                order by id desc limit ?
                """)
            .with(vendor, vendor, MOST_FILES)
            .list(
                connection,
                row ->
                    new PastFile(
                        row.uuid("id"),
                        row.text("vendor"),
                        HexFormat.of().formatHex(row.bytes("content_hash")),
                        row.text("file_name"),
                        row.json("mapping"),
                        row.textArray("header").stream()
                            .map(name -> Objects.requireNonNullElse(name, ""))
                            .toList(),
                        row.int4OrNull("sheet"))));
  }

  private SourceFile source(PastFile file, Mapping mapping) {
    return SourceFile.of(
            TabularFile.inspect(files.path(file.hash), file.fileName, Limits.ofOperator()), null)
        .begunWith(file.header, file.sheet)
        .written(mapping.decimal());
  }

  /// One look through the files, from the newest on.
  private final class Look {
    private final SeenKeys newer;
    private final PastRowVisitor visitor;
    private int left;
    private int read;
    private int fileNumber;
    private int elsewhere;

    Look(SeenKeys newer, int rows, PastRowVisitor visitor) {
      this.newer = newer;
      this.left = rows;
      this.visitor = visitor;
    }

    boolean over() {
      return left <= 0 || read >= MOST_READ;
    }

    void through(PastFile file) {
      if (!files.holds(file.hash)) {
        elsewhere++;
        return;
      }
      fileNumber++;
      try {
        Mapping mapping = MappingJson.read(file.mapping);
        SourceFile source = source(file, mapping);
        MappingPlan.Cursor cursor = MappingPlan.compile(mapping, source.header()).start();
        try (SourceRows rows = source.rows()) {
          for (SourceRows.SourceRow next = rows.next();
              next != null && !over();
              next = rows.next()) {
            read++;
            if (next.row() instanceof Row.Cells cells) {
              visit(file, cells, next.origin(), cursor.apply(cells.values()));
            }
          }
        }
      } catch (TabularException | FileFailure e) {
        // Up to where it breaks off, its rows count.
      }
    }

    private void visit(PastFile file, Row.Cells cells, @Nullable String origin, MappedRow row) {
      boolean known = known(file, cells.number(), origin, row);
      if (!known && row.skipped() == null) {
        visitor.visit(file.id, cells.number(), cells.line(), row);
        left--;
      }
    }

    /// Whether a newer file has the row again. Enters what it is known by in any case: it may
    /// itself be the newer one of another.
    private boolean known(PastFile file, long number, @Nullable String origin, MappedRow row) {
      if (origin != null) {
        RowReference.parse(origin).ifPresent(mended -> isNewer("row " + mended));
      }
      boolean again = newer.contains("row " + new RowReference(file.id, number));
      String id = row.value(Field.VENDOR_PRODUCT_ID);
      String sku = row.value(Field.SKU);
      boolean sameSku = sku != null && isNewer("sku " + file.vendor + ' ' + sku);
      boolean sameId = id != null && isNewer("id " + file.vendor + ' ' + id);
      return again || (id == null ? sameSku : sameId);
    }

    /// @return whether a file before this one has it
    private boolean isNewer(String key) {
      int first = newer.putIfAbsent(key, fileNumber);
      return first != 0 && first != fileNumber;
    }
  }
}
