package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.TableView;
import dev.entrepot.onboarding.uploads.Upload;
import java.util.ArrayList;
import java.util.List;

/// Uploads as a table.
public final class UploadTable {
  /// Whether the table tells the vendor of each upload.
  public enum Vendors {
    SHOWN,
    HIDDEN
  }

  private UploadTable() {}

  /// The table of some uploads.
  ///
  /// @param id unique in the page
  /// @param empty shown when there is none
  public static TableView of(
      String id, String caption, List<Upload> uploads, Vendors vendors, Empty empty) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.title("File"));
    if (vendors == Vendors.SHOWN) {
      columns.add(Column.text("Vendor"));
    }
    columns.add(Column.text("State"));
    columns.add(Column.text("Books"));
    columns.add(Column.number("Rows"));
    columns.add(Column.number("Rejected"));
    columns.add(Column.number("Accepted"));
    columns.add(Column.text("Received"));
    return TableView.of(
        id, caption, columns, uploads.stream().map(one -> row(one, vendors)).toList(), empty);
  }

  private static TableView.Row row(Upload upload, Vendors vendors) {
    List<Cell> cells = new ArrayList<>();
    cells.add(
        Cell.link(
            upload.fileName(), "/uploads/" + upload.id(), UploadWords.source(upload.source())));
    if (vendors == Vendors.SHOWN) {
      cells.add(Cell.link(upload.vendor(), "/vendors/" + upload.vendor()));
    }
    cells.add(new Cell.State(UploadWords.state(upload)));
    cells.add(upload.books().received() == 0 ? new Cell.Blank() : new Cell.Bar(upload.books()));
    cells.add(Cell.count(upload.books().received()));
    cells.add(Cell.count(upload.books().rejected()));
    cells.add(new Cell.Figure(UploadWords.acceptance(upload)));
    cells.add(Cell.ago(upload.receivedAt()));
    return new TableView.Row(upload.id().toString(), cells, null);
  }
}
