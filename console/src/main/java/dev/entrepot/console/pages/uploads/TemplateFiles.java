package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import java.util.List;

/// Empty product files to fill in.
public final class TemplateFiles {
  private TemplateFiles() {}

  /// Where they are offered.
  public static Part.Panel panel() {
    return Part.panel(
        "template",
        "Nothing to send yet?",
        new Part.Text(
            "Start from an empty file with every column. The XLSX explains each of them. Files with"
                + " other column names work too: Entrepot suggests a mapping and remembers it."),
        new Part.Actions(
            List.of(
                Action.link("Template (XLSX)", "/api/v1/template.xlsx").icon(Icon.DOWNLOAD),
                Action.link("Template (CSV)", "/api/v1/template.csv").icon(Icon.DOWNLOAD))));
  }
}
