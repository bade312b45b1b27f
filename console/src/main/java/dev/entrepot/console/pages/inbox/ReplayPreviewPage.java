package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tile;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.handling.Foreseeing.FieldChange;
import dev.entrepot.inbox.lanes.ReplayPreview;
import dev.entrepot.inbox.lanes.Replays;
import dev.entrepot.inbox.log.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a replay would do, before it is begun.
final class ReplayPreviewPage {
  private static final int MOST_FIELDS = 5;
  private static final String LIST_SKIPPED = InboxTabs.ERRORS.path() + "?state=skipped";

  private ReplayPreviewPage() {}

  /// @param asked the fields of the form that starts it
  /// @param back where to go when nothing is to be done
  static Page of(Map<String, String> asked, String back, ReplayPreview preview) {
    FormView start =
        FormView.of("start", ReplayPages.PATH, "Hand on " + Words.count(preview.events(), "event"))
            .cancel(back);
    for (Map.Entry<String, String> field : asked.entrySet()) {
      start = start.hidden(field.getKey(), field.getValue());
    }
    List<Part> parts = new ArrayList<>();
    parts.add(start(preview, start));
    parts.addAll(skipped(asked, preview.skipped()));
    parts.addAll(parked(preview.parked()));
    parts.add(
        new Part.Tiles(
            "What it would do",
            List.of(
                Tile.of("Events", Figures.count(preview.events())),
                Tile.of("Tried out", Figures.count(preview.tried())).note("the first of them"),
                Tile.of("Cannot be read", Figures.count(preview.unreadable())))));
    parts.add(Part.panel("handlers", "By handler", figures(preview)));
    parts.add(Part.panel("sample", "Some of them", sample(preview)));
    return Page.of("Hand on again?")
        .lead("Tried out and taken back: nothing was done yet.")
        .under("Inbox", "/inbox")
        .under("Replays", ReplayPages.PATH)
        .with(parts);
  }

  private static Part start(ReplayPreview preview, FormView start) {
    if (preview.events() > 0 && preview.events() <= Replays.MOST) {
      return new Part.Form(start);
    }
    return new Part.Message(
        Tone.WARN,
        preview.events() > 0
            ? "A replay takes at most "
                + Figures.count(Replays.MOST)
                + " events. Ask for a shorter time."
            : preview.skipped().events() > 0
                ? "No other event that was handed on fits."
                : "No event that was handed on fits; what still waits is handed on anyway. Ask for"
                    + " something else.",
        null);
  }

  /// Those that somebody skipped: left out, or among the others, with why.
  private static List<Part> skipped(Map<String, String> asked, ReplayPreview.Skipped skipped) {
    if (skipped.events() == 0) {
      return List.of();
    }
    String events = Words.count(skipped.events(), "event");
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part.Message(
            Tone.WARN,
            skipped.handedOn()
                ? events + " among them somebody skipped; they would be handed on, too."
                : events + " that fit, too, somebody skipped: left out, unless you ask for them.",
            Action.link("Look at skipped ones", LIST_SKIPPED)));
    if (!skipped.handedOn()) {
      FormView again =
          FormView.of("with-skipped", ReplayPages.PATH + "/preview", "Look again, with them")
              .plain();
      for (Map.Entry<String, String> field : asked.entrySet()) {
        if (!field.getKey().equals(ReplayPages.WITH_SKIPPED)) {
          again = again.hidden(field.getKey(), field.getValue());
        }
      }
      parts.add(new Part.Form(again.hidden(ReplayPages.WITH_SKIPPED, "true")));
    }
    parts.add(
        Part.panel(
            "skipped",
            "Skipped before",
            TableView.of(
                "skipped-events",
                "The first events that somebody skipped",
                List.of(
                    Column.title("Event"),
                    Column.of("Key", Column.Kind.WIDE),
                    Column.text("Dead letter"),
                    Column.text("By"),
                    Column.of("Why", Column.Kind.WIDE),
                    Column.text("When")),
                skipped.sample().stream().map(ReplayPreviewPage::row).toList(),
                Empty.of(Icon.CHECK, "None", "Nobody skipped any."))));
    return parts;
  }

  private static TableView.Row row(ReplayPreview.SkippedEvent skipped) {
    String position = Positions.text(skipped.position());
    String by = skipped.by();
    return TableView.Row.of(
        position,
        Cell.link(position, "/inbox/events/" + position),
        Cell.key(skipped.key()),
        Cell.link("No. " + skipped.letter(), "/inbox/dead-letters/" + skipped.letter()),
        Cell.text(by == null ? "" : Words.actor(by)),
        Cell.text(Objects.requireNonNullElse(skipped.reason(), "")),
        Cell.ago(skipped.at()));
  }

  private static List<Part> parked(ReplayPreview.Parked parked) {
    if (parked.events() == 0) {
      return List.of();
    }
    String keys =
        parked.sample().stream()
            .limit(MOST_FIELDS)
            .map(key -> key.key() + " (" + key.reason() + ")")
            .collect(Collectors.joining(", "));
    return List.of(
        new Part.Message(
            Tone.WARN,
            "%s of %s would wait, because their keys are parked: %s%s. Release them, too."
                .formatted(
                    Words.count(parked.events(), "event"),
                    Words.count(parked.keys(), "key"),
                    keys,
                    parked.keys() > MOST_FIELDS ? " and others" : ""),
            Action.link("Held keys", InboxTabs.KEYS.path())));
  }

  private static TableView figures(ReplayPreview preview) {
    return TableView.of(
        "figures",
        "What each handler would do with those tried out",
        List.of(
            Column.title("Handler"),
            Column.number("Written"),
            Column.number("Unchanged"),
            Column.number("Not wanted"),
            Column.number("Not now"),
            Column.number("Refused")),
        new TreeMap<>(preview.byHandler()).entrySet().stream().map(ReplayPreviewPage::row).toList(),
        Empty.of(Icon.CLOCK, "No handler", "None wants these events."));
  }

  private static TableView.Row row(Map.Entry<String, ReplayPreview.Figures> one) {
    ReplayPreview.Figures figures = one.getValue();
    return TableView.Row.of(
        one.getKey(),
        Cell.text(Words.of(one.getKey())),
        Cell.count(figures.written()),
        Cell.count(figures.unchanged()),
        Cell.count(figures.notWanted()),
        Cell.count(figures.later()),
        Cell.count(figures.refused()));
  }

  private static TableView sample(ReplayPreview preview) {
    List<TableView.Row> rows = new ArrayList<>();
    for (ReplayPreview.Effect effect : preview.sample()) {
      String position = Positions.text(effect.position());
      rows.add(
          TableView.Row.of(
              rows.size() + "",
              Cell.link(position, "/inbox/events/" + position),
              Cell.key(effect.key()),
              Cell.text(Words.of(effect.handler())),
              new Cell.State(InboxWords.handled(effect.code())),
              Cell.text(what(effect))));
    }
    return TableView.of(
        "effects",
        "What would become of some events",
        List.of(
            Column.title("Event"),
            Column.of("Key", Column.Kind.WIDE),
            Column.text("Handler"),
            Column.text("Would be"),
            Column.of("What", Column.Kind.WIDE)),
        rows,
        Empty.of(Icon.CHECK, "Nothing", "No handler would do anything."));
  }

  /// With the first fields that would change.
  private static String what(ReplayPreview.Effect effect) {
    StringBuilder what = new StringBuilder(effect.what());
    for (FieldChange change : effect.changes().stream().limit(MOST_FIELDS).toList()) {
      what.append("; ")
          .append(change.path().isEmpty() ? "all" : change.path())
          .append(": ")
          .append(Objects.requireNonNullElse(change.from(), "none"))
          .append(" → ")
          .append(Objects.requireNonNullElse(change.to(), "none"));
    }
    int more = effect.changes().size() - MOST_FIELDS;
    return more > 0 ? what.append("; ").append(more).append(" more").toString() : what.toString();
  }
}
