package dev.entrepot.console.pages.flows;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The views of the sync, one beside the other.
enum FlowTabs {
  CLIENTS("Clients", "/sync"),
  FLOWS("Flows", "/sync/flows"),
  RUNS("Runs", "/sync/runs"),
  MAPPINGS("Field mappings", "/sync/mappings"),
  WORKSPACE("Workspace", "/sync/workspace");

  private final String label;
  private final String path;

  FlowTabs(String label, String path) {
    this.label = label;
    this.path = path;
  }

  String label() {
    return label;
  }

  String path() {
    return path;
  }

  /// A page with this view as the current one.
  Page page(String lead) {
    List<Tab> tabs = new ArrayList<>();
    for (FlowTabs one : values()) {
      tabs.add(Tab.of(one.label, one.path, one == this));
    }
    return Page.of(this == CLIENTS ? "Sync" : label)
        .lead(lead)
        .with(new Part.Tabs("Views of the sync", tabs));
  }

  /// To the alerts about runs; nothing for those who may not see them.
  ///
  /// @param client of one; null: of all
  static Optional<Action> alerts(Principal principal, @Nullable String client) {
    return principal.may(Permission.READ_INBOX)
        ? Optional.of(
            Action.link("Alerts", Addresses.of("/inbox/alerts", "tenant", client)).icon(Icon.ALERT))
        : Optional.empty();
  }

  /// A page below this view.
  Page below(String title) {
    Page page = Page.of(title).under("Sync", CLIENTS.path);
    return this == CLIENTS ? page : page.under(label, path);
  }
}
