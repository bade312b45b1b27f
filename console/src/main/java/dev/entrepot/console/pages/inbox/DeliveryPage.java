package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
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
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.delivery.DeliveryAttempt;
import dev.entrepot.inbox.delivery.DeliveryState;
import dev.entrepot.inbox.delivery.EventDelivery;
import dev.entrepot.inbox.log.Positions;
import java.util.ArrayList;
import java.util.List;

/// One delivery with its attempts.
final class DeliveryPage {
  private static final String PATH = "/inbox/deliveries/{id}";

  private final Shell shell;
  private final Inbox inbox;

  DeliveryPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
  }

  List<Route> routes() {
    return List.of(
        Route.get(PATH, "pages.delivery", Access.needs(Permission.READ_INBOX), this::show),
        Route.post(
                PATH + "/retry",
                "pages.delivery.retry",
                Access.needs(Permission.WRITE_INBOX),
                this::retry)
            .taking(Body.form()));
  }

  private Answer show(Exchange exchange) {
    EventDelivery delivery = Found.delivery(inbox, exchange);
    String id = delivery.id().text();
    Page page =
        Page.of(delivery.topic())
            .lead("Delivery " + id)
            .badge(DeliveryTables.state(delivery.state()))
            .under("Inbox", "/inbox")
            .under("Destinations", "/inbox/destinations")
            .under(delivery.destination(), "/inbox/destinations/" + delivery.destination());
    boolean waits = delivery.state() == DeliveryState.WAITING;
    if ((waits || delivery.state() == DeliveryState.DEAD)
        && exchange.principal().may(Permission.WRITE_INBOX)) {
      page =
          page.action(
              Action.post(waits ? "Try now" : "Try again", "/inbox/deliveries/" + id + "/retry")
                  .icon(Icon.RETRY));
    }
    List<Part> parts = new ArrayList<>();
    if (delivery.reason() != null && delivery.state() != DeliveryState.DELIVERED) {
      parts.add(new Part.Message(Tone.WARN, Words.sentence(delivery.reason()), null));
    }
    parts.add(Part.panel("facts", "Delivery", new Part.Facts(facts(delivery))));
    parts.add(attempts(inbox.deliveries().attempts(delivery.id())));
    return shell.show(exchange, page.with(parts));
  }

  private static List<Fact> facts(EventDelivery delivery) {
    String position = Positions.text(delivery.id().position());
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Event", Cell.link(position, "/inbox/events/" + position)));
    facts.add(new Fact("Key", Cell.key(delivery.key())));
    facts.add(new Fact("webhook-id", Cell.code(delivery.webhookId())));
    facts.add(new Fact("Attempts", Cell.count(delivery.attempts())));
    facts.add(new Fact("Written down", Cell.time(delivery.createdAt())));
    facts.add(new Fact("Tried next", Cell.time(delivery.dueAt())));
    facts.add(new Fact("Finished", Cell.time(delivery.finishedAt())));
    if (delivery.replay() != null) {
      facts.add(new Fact("Replay", Cell.code(delivery.replay().toString())));
    }
    return facts;
  }

  private static Part attempts(List<DeliveryAttempt> attempts) {
    return new Part.Table(
        TableView.of(
            "attempts",
            "Attempts",
            List.of(
                Column.title("Attempt"),
                Column.text("At"),
                Column.number("Status"),
                Column.number("Milliseconds"),
                Column.of("Answer", Column.Kind.WIDE)),
            attempts.stream()
                .map(one ->
                    TableView.Row.of(
                        Integer.toString(one.number()),
                        Cell.text("No. " + one.number()),
                        Cell.time(one.at()),
                        one.status() == null ? Cell.text(null) : Cell.count(one.status()),
                        Cell.count(one.took().toMillis()),
                        Cell.text(one.answer())))
                .toList(),
            Empty.of(Icon.CLOCK, "No attempt yet", "Nothing was posted so far.")));
  }

  private Answer retry(Exchange exchange) {
    EventDelivery delivery = Found.delivery(inbox, exchange);
    String page = "/inbox/deliveries/" + delivery.id().text();
    Attempt<EventDelivery> attempt =
        Refusal.attempt(
            () -> inbox.deliveries().retry(exchange.principal().actor(), delivery.id()));
    return switch (attempt) {
      case Attempt.Done<EventDelivery> _ -> shell.done(page, "It is tried again now.");
      case Attempt.Refused<EventDelivery>(Refusal refusal) ->
          shell.told(page, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
