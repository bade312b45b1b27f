package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.MissedEvents.Missed;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventHead;
import dev.entrepot.inbox.log.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a destination was not told of while it was disabled: told on its page, looked at, sent.
final class MissedPages {
  private static final String PATH = "/inbox/destinations/{name}/missed";
  private static final String AFTER = "after";
  private static final int SAMPLE = 20;

  private final Shell shell;
  private final Inbox inbox;

  MissedPages(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            PATH, "pages.destination.missed", Access.needs(Permission.READ_INBOX), this::show),
        Route.post(
                PATH,
                "pages.destination.missed.send",
                Access.needs(Permission.WRITE_INBOX),
                this::send)
            .taking(Body.form()));
  }

  private static String path(Destination destination) {
    return "/inbox/destinations/" + destination.name();
  }

  /// Nothing when it has missed nothing. Only a part of the log is looked through for it.
  static Optional<Part> message(Inbox inbox, Destination destination) {
    return inbox
        .missedEvents()
        .glance(destination)
        .filter(missed -> missed.until() == null || !missed.none())
        .map(missed -> message(destination, missed));
  }

  private static Part message(Destination destination, Missed missed) {
    String next =
        missed.until() == null
            ? " Enable it, then they can be sent."
            : missed.positions().isEmpty() ? "" : " They can be sent now.";
    return new Part.Message(
        missed.positions().isEmpty() && missed.until() != null ? Tone.INFO : Tone.WARN,
        words(missed) + next,
        missed.none() ? null : Action.link("Look at them", path(destination) + "/missed"));
  }

  private static String words(Missed missed) {
    if (missed.positions().isEmpty() && missed.more()) {
      return "Events may have passed it by while it was disabled.";
    }
    String events =
        (missed.more() ? "At least " : "") + Words.count(missed.positions().size(), "event");
    return missed.until() == null && missed.outages() == 1
        ? events + " passed it by since it was disabled."
        : events + " passed it by while it was disabled.";
  }

  private Answer show(Exchange exchange) {
    Destination destination = Found.destination(inbox, exchange);
    String after = exchange.query().text(AFTER).orElse(null);
    Optional<Missed> found = inbox.missedEvents().of(destination, after);
    List<Part> parts = new ArrayList<>();
    List<Long> positions = found.map(Missed::positions).orElse(List.of());
    if (!positions.isEmpty()
        && destination.state() != Destination.State.DISABLED
        && exchange.principal().may(Permission.WRITE_INBOX)) {
      parts.add(
          new Part.Form(
              FormView.of(
                      "send-missed",
                      path(destination) + "/missed",
                      "Send " + Words.count(positions.size(), "event"))
                  .hidden(AFTER, after == null ? "" : after)
                  .cancel(path(destination))));
    }
    found
        .map(Missed::next)
        .ifPresent(next ->
            parts.add(
                new Part.Message(
                    Tone.INFO,
                    "Only a part of the log was looked through so far.",
                    Action.link(
                        "Look further",
                        Addresses.of(path(destination) + "/missed", AFTER, next)))));
    found.ifPresent(missed ->
        parts.add(
            Part.panel(
                "outage",
                "While it was disabled",
                new Part.Facts(
                    List.of(
                        new Fact("Since", Cell.time(missed.since())),
                        new Fact("Until", Cell.time(missed.until())),
                        new Fact("Times", Cell.count(missed.outages())),
                        new Fact("Passed it by", Cell.text(words(missed))))))));
    parts.add(Part.panel("sample", "The first of them", table(positions)));
    return shell.show(
        exchange,
        Page.of("Events it was not told of")
            .lead("Nothing was done yet. They go to this destination alone, in order per key.")
            .under("Inbox", "/inbox")
            .under("Destinations", "/inbox/destinations")
            .under(destination.title(), path(destination))
            .with(parts));
  }

  private TableView table(List<Long> positions) {
    List<Long> first = positions.stream().limit(SAMPLE).toList();
    return TableView.of(
        "missed",
        "Events it was not told of, newest first",
        List.of(
            Column.title("Event"),
            Column.text("Topic"),
            Column.text("Key"),
            Column.text("Connection"),
            Column.text("Received")),
        inbox.events().among(EventFilter.ALL, first).stream().map(MissedPages::row).toList(),
        Empty.of(Icon.CHECK, "None", "It was told of every event that it wants."));
  }

  private static TableView.Row row(EventHead event) {
    String position = Positions.text(event.position());
    return TableView.Row.of(
        position,
        Cell.link(position, "/inbox/events/" + position),
        Cell.code(event.identity().topic()),
        Cell.key(event.identity().key()),
        Cell.text(event.connection()),
        Cell.ago(event.receivedAt()));
  }

  private Answer send(Exchange exchange) {
    Destination destination = Found.destination(inbox, exchange);
    String after = exchange.form().text(AFTER).orElse(null);
    Attempt<Replay> attempt =
        Refusal.attempt(() -> inbox.sendMissed(exchange.principal().actor(), destination, after));
    return switch (attempt) {
      case Attempt.Done<Replay>(Replay replay) ->
          shell.done(
              "/inbox/replays/" + replay.id(),
              Words.count(replay.events(), "event")
                  + " on the way to "
                  + destination.title()
                  + ".");
      case Attempt.Refused<Replay>(Refusal refusal) ->
          shell.told(path(destination), new Flash(Tone.BAD, refusal.message()));
    };
  }
}
