package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tab;
import java.util.ArrayList;
import java.util.List;

/// The inbox's views, one beside the other.
enum InboxTabs {
  EVENTS("Events", "/inbox"),
  ERRORS("Errors", "/inbox/errors"),
  KEYS("Held keys", "/inbox/keys"),
  REPLAYS("Replays", "/inbox/replays"),
  ENTITIES("Entities", "/inbox/entities"),
  ALERTS("Alerts", "/inbox/alerts"),
  PRIVACY("Privacy", "/inbox/privacy"),
  CONNECTIONS("Connections", "/inbox/connections"),
  DESTINATIONS("Destinations", "/inbox/destinations"),
  FIGURES("Figures", "/inbox/figures");

  private final String label;
  private final String path;

  InboxTabs(String label, String path) {
    this.label = label;
    this.path = path;
  }

  String path() {
    return path;
  }

  /// A page with this view as the current one.
  Page page(String lead) {
    List<Tab> tabs = new ArrayList<>();
    for (InboxTabs one : values()) {
      tabs.add(Tab.of(one.label, one.path, one == this));
    }
    return Page.of(this == EVENTS ? "Inbox" : label)
        .lead(lead)
        .with(new Part.Tabs("Views of the inbox", tabs));
  }
}
