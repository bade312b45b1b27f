package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tab;
import dev.entrepot.onboarding.uploads.Upload;
import java.util.ArrayList;
import java.util.List;

/// The pages of one upload, as tabs.
public final class UploadTabs {
  /// The pages of an upload.
  public enum Tabs {
    VERDICT,
    ROWS,
    WARNINGS,
    WAITING,
    MAPPING
  }

  private UploadTabs() {}

  /// The beginning of such a page: title, state, tabs.
  public static Page page(Principal principal, Upload upload, Tabs current) {
    return Page.of(upload.fileName())
        .badge(UploadWords.state(upload))
        .under("Uploads", "/uploads")
        .with(new Part.Tabs("Pages of this upload", tabs(principal, upload, current)));
  }

  private static List<Tab> tabs(Principal principal, Upload upload, Tabs current) {
    String root = "/uploads/" + upload.id();
    List<Tab> tabs = new ArrayList<>();
    tabs.add(Tab.of("Verdict", root, current == Tabs.VERDICT));
    tabs.add(
        new Tab("Rejected rows", root + "/rows", current == Tabs.ROWS, upload.books().rejected()));
    tabs.add(new Tab("Remarks", root + "/warnings", current == Tabs.WARNINGS, upload.warnings()));
    if (principal.may(Permission.APPROVE) && upload.books().pending() > 0) {
      tabs.add(
          new Tab(
              "Waiting",
              "/approvals/" + upload.id(),
              current == Tabs.WAITING,
              upload.books().pending()));
    }
    tabs.add(Tab.of("Mapping", root + "/mapping", current == Tabs.MAPPING));
    return tabs;
  }
}
