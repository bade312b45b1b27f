package dev.entrepot.onboarding.uploads;

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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the rows of past files again, the newest file first, as they were mapped then.
final class PastUploadRows implements PastRows {
  private static final int MOST_FILES = 50;

  private final Database database;
  private final FileStore files;

  PastUploadRows(Database database, FileStore files) {
    this.database = database;
    this.files = files;
  }

  private record PastFile(
      UUID id, String hash, String fileName, String mapping, List<String> header) {}

  @Override
  public void newest(@Nullable String vendor, int rows, PastRowVisitor visitor) {
    int left = rows;
    for (PastFile file : pastFiles(vendor)) {
      if (left <= 0) {
        return;
      }
      left -= visit(file, left, visitor);
    }
  }

  private List<PastFile> pastFiles(@Nullable String vendor) {
    return database.read(connection ->
        Sql.of(
                """
                select id, content_hash, file_name, mapping, header from upload
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
                        HexFormat.of().formatHex(row.bytes("content_hash")),
                        row.text("file_name"),
                        row.json("mapping"),
                        row.textArray("header").stream()
                            .map(name -> Objects.requireNonNullElse(name, ""))
                            .toList())));
  }

  private int visit(PastFile file, int most, PastRowVisitor visitor) {
    int seen = 0;
    try {
      Mapping mapping = MappingJson.read(file.mapping);
      SourceFile source =
          SourceFile.of(
                  TabularFile.inspect(files.path(file.hash), file.fileName, Limits.ofOperator()),
                  null)
              .written(mapping.decimal());
      MappingPlan.Cursor cursor = MappingPlan.compile(mapping, source.header()).start();
      try (SourceRows rows = source.rows()) {
        for (SourceRows.SourceRow next = rows.next();
            next != null && seen < most;
            next = rows.next()) {
          if (next.row() instanceof Row.Cells cells) {
            MappedRow mapped = cursor.apply(cells.values());
            if (mapped.skipped() == null) {
              visitor.visit(file.id, cells.number(), mapped);
              seen++;
            }
          }
        }
      }
      return seen;
    } catch (TabularException e) {
      return seen;
    }
  }
}
