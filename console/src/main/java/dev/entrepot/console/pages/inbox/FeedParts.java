package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.feeds.FeedState;
import java.util.List;
import java.util.Objects;

/// How the nodes get on with fetching the events of a connection.
final class FeedParts {
  private FeedParts() {}

  /// What keeps nodes from fetching, each said once.
  static List<Part> problems(List<FeedState> states) {
    return states.stream()
        .map(FeedState::problem)
        .filter(Objects::nonNull)
        .distinct()
        .<Part>map(problem -> new Part.Message(Tone.WARN, Words.sentence(problem), null))
        .toList();
  }

  static Part panel(List<FeedState> states) {
    return Part.panel(
        "feeds",
        "Fetching",
        new Part.Table(
            TableView.of(
                "feed-list",
                "Nodes that fetch its events",
                List.of(
                    Column.title("Node"),
                    Column.text("State"),
                    Column.text("Last answer"),
                    Column.text("Last event")),
                states.stream().map(FeedParts::row).toList(),
                Empty.of(
                    Icon.INBOX, "Not fetched yet", "A node begins within a second, if enabled."))));
  }

  private static TableView.Row row(FeedState state) {
    return TableView.Row.of(
        state.node(),
        Cell.text(state.node()),
        state.problem() == null
            ? Cell.badge(Tone.GOOD, "Fetches")
            : Cell.badge(Tone.WARN, "In trouble"),
        Cell.ago(state.answeredAt()),
        Cell.ago(state.receivedAt()));
  }
}
