package dev.entrepot.cli.inbox;

import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.Table;
import dev.entrepot.cli.terminal.Table.Column;
import dev.entrepot.cli.terminal.Terminal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What people read of a replay before it is begun.
final class ReplayReport {
  private final Terminal terminal;

  ReplayReport(Terminal terminal) {
    this.terminal = terminal;
  }

  void preview(JsonNode foreseen) {
    long events = Values.number(foreseen, "events");
    long tried = Values.number(foreseen, "tried");
    terminal.note(
        Values.grouped(events)
            + (events == 1 ? " event" : " events")
            + " would be handed on once more"
            + (tried < events ? "; the first " + Values.grouped(tried) + " were tried:" : ":"));
    Table handlers =
        new Table(
            Column.text("HANDLER"),
            Column.number("WRITTEN"),
            Column.number("UNCHANGED"),
            Column.number("NOT WANTED"),
            Column.number("LATER"),
            Column.number("REFUSED"));
    for (Map.Entry<String, JsonNode> handler : foreseen.path("handlers").properties()) {
      handlers.row(
          handler.getKey(),
          Values.count(handler.getValue(), "written"),
          Values.count(handler.getValue(), "unchanged"),
          Values.count(handler.getValue(), "not_wanted"),
          Values.count(handler.getValue(), "later"),
          Values.count(handler.getValue(), "refused"));
    }
    print(handlers);
    if (Values.number(foreseen, "unreadable") > 0) {
      terminal.note(Values.count(foreseen, "unreadable") + " cannot be read: dead letters again");
    }
    print(effects(foreseen));
    skipped(foreseen.path("skipped"));
    parked(foreseen.path("parked"));
  }

  /// What is said of events that fit, but somebody skipped.
  static String leftOut(long events) {
    return Values.grouped(events)
        + (events == 1 ? " event that fits, too, was" : " events that fit, too, were")
        + " skipped by somebody and left out; see: entrepot dead-letters list --state skipped; to"
        + " hand on all: --with-skipped";
  }

  private void skipped(JsonNode skipped) {
    long events = Values.number(skipped, "events");
    if (events == 0) {
      return;
    }
    Table table =
        new Table(
            Column.text("SKIPPED"),
            Column.text("KEY"),
            Column.number("DEAD LETTER"),
            Column.text("BY"),
            Column.text("WHY"));
    for (JsonNode one : skipped.path("sample")) {
      table.row(
          Values.text(one, "event"),
          Values.text(one, "key"),
          Values.text(one, "letter"),
          Values.text(one, "by"),
          Values.text(one, "reason"));
    }
    print(table);
    terminal.note(
        skipped.path("handed_on").asBoolean(false)
            ? Values.grouped(events)
                + " of them somebody skipped before; see: entrepot dead-letters list --state skipped"
            : leftOut(events));
  }

  private void parked(JsonNode parked) {
    long events = Values.number(parked, "events");
    if (events > 0) {
      terminal.note(
          Values.grouped(events)
              + (events == 1 ? " of them waits" : " of them wait")
              + " until its key is released: "
              + Values.text(parked.path("sample").path(0), "key")
              + (Values.number(parked, "keys") > 1 ? " and others" : "")
              + "; see: entrepot dead-letters held");
    }
  }

  private static Table effects(JsonNode foreseen) {
    Table effects =
        new Table(
            Column.text("EVENT"),
            Column.text("KEY"),
            Column.text("HANDLER"),
            Column.text("OUTCOME"),
            Column.text("WHAT"));
    for (JsonNode effect : foreseen.path("sample")) {
      effects.row(
          Values.text(effect, "event"),
          Values.text(effect, "key"),
          Values.text(effect, "handler"),
          Values.text(effect, "does").replace('_', ' '),
          Values.text(effect, "what"));
      for (JsonNode change : effect.path("changes")) {
        effects.row(
            "",
            "",
            "",
            "",
            "%s %s: %s -> %s"
                .formatted(
                    Values.text(change, "thing"),
                    Values.text(change, "path"),
                    Values.text(change, "from"),
                    Values.text(change, "to")));
      }
    }
    return effects;
  }

  private void print(Table table) {
    if (!table.isEmpty()) {
      terminal.print("");
      table.print(terminal);
    }
  }
}
