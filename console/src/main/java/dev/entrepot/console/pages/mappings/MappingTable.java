package dev.entrepot.console.pages.mappings;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.TableView;
import dev.entrepot.onboarding.mapping.Mappings;
import java.util.List;

/// Stored mappings as a table.
public final class MappingTable {
  private MappingTable() {}

  public static TableView of(List<Mappings.Stored> mappings) {
    return TableView.of(
        "mappings",
        "Column mappings",
        List.of(
            Column.title("Mapping"),
            Column.text("Vendor"),
            Column.number("Revision"),
            Column.number("Fields"),
            Column.text("By"),
            Column.text("Saved")),
        mappings.stream().map(MappingTable::row).toList(),
        Empty.of(
            Icon.MAPPING,
            "No mapping yet",
            "A mapping is remembered when a file's columns are mapped on its upload page."));
  }

  private static TableView.Row row(Mappings.Stored stored) {
    return TableView.Row.of(
        stored.id().toString(),
        Cell.link(stored.mapping().name(), "/mappings/" + stored.id()),
        Cell.code(stored.vendor()),
        Cell.count(stored.revision()),
        Cell.count(
            stored.mapping().fields().stream().map(field -> field.field()).distinct().count()),
        Cell.text(Words.actor(stored.createdBy())),
        Cell.ago(stored.createdAt()));
  }
}
