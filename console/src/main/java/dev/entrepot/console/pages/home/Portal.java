package dev.entrepot.console.pages.home;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.uploads.TemplateFiles;
import dev.entrepot.console.pages.uploads.UploadForms;
import dev.entrepot.console.pages.uploads.UploadTable;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.ArrayList;
import java.util.List;

/// The supplier's first page: a place for a file, and what became of the last ones.
final class Portal {
  private final UploadForms forms;

  Portal(UploadForms forms) {
    this.forms = forms;
  }

  Page page(Principal principal, Uploads.Figures figures, List<Upload> recent) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Drop(forms.drop(principal, "")));
    parts.add(new Part.Tiles("Your last 30 days", tiles(figures)));
    parts.add(
        Part.panel(
                "recent",
                "Recent uploads",
                UploadTable.of(
                    "uploads",
                    "Your recent uploads",
                    recent,
                    UploadTable.Vendors.HIDDEN,
                    Empty.of(
                        Icon.UPLOAD,
                        "No file yet",
                        "Drop your first product file above. Every row is accepted or explained.")))
            .actions(List.of(Action.link("All uploads", "/uploads"))));
    parts.add(TemplateFiles.panel());
    return Page.of("Send a product file")
        .lead(
            "Every row is accepted, or explained cell by cell. One bad row never holds up the others.")
        .with(parts);
  }

  private static List<Tile> tiles(Uploads.Figures figures) {
    long received = 0;
    long accepted = 0;
    long rejected = 0;
    for (Uploads.Day day : figures.days()) {
      received += day.received();
      accepted += day.accepted();
      rejected += day.rejected();
    }
    long open = figures.openErrors();
    Tile mend =
        Tile.of("Rows to mend", Figures.count(open))
            .note("in all your uploads")
            .href("/uploads?mendable=OPEN");
    return List.of(
        Tile.of("Rows sent", Figures.count(received)).note("last 30 days").href("/uploads"),
        Tile.of("Accepted", Figures.share(accepted, accepted + rejected))
            .note(Figures.count(accepted) + " rows"),
        open > 0 ? mend.tone(Tone.WARN) : mend,
        Tile.of("Waiting for approval", Figures.count(figures.waitingForApproval()))
            .note("by the operator"),
        Tile.of("Products", Figures.count(figures.products()))
            .note("in the catalogue")
            .href("/products"));
  }
}
