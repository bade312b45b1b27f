package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.SecretState;
import dev.entrepot.inbox.delivery.DeliveryFilter;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.DestinationFigures;
import dev.entrepot.inbox.delivery.Destinations;
import dev.entrepot.inbox.delivery.EventDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One destination: how it stands, its deliveries, its secrets, a test.
final class DestinationPage {
  private static final String PATH = "/inbox/destinations/{name}";
  private static final long USUAL_OVERLAP = 24;

  private final Shell shell;
  private final Inbox inbox;
  private final Destinations destinations;

  DestinationPage(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
    this.destinations = inbox.destinations();
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_CONNECTIONS);
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.destination", Access.needs(Permission.READ_INBOX), this::show),
        Route.post(PATH, "pages.destination.change", manage, this::change).taking(Body.form()),
        Route.post(PATH + "/secret", "pages.destination.secret", manage, this::rotate)
            .taking(Body.form()),
        Route.post(PATH + "/test", "pages.destination.test", write, this::test).taking(Body.form()),
        Route.post(PATH + "/retry", "pages.destination.retry", write, this::retry)
            .taking(Body.form()),
        Route.post(PATH + "/hasten", "pages.destination.hasten", write, this::hasten)
            .taking(Body.form()));
  }

  private static String path(Destination destination) {
    return "/inbox/destinations/" + destination.name();
  }

  private Answer show(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank(), FormState.blank()));
  }

  /// @param changed what stands in the form of changes; blank: what there is
  private Page page(Exchange exchange, FormState changed, FormState rotated) {
    Destination destination = Found.destination(inbox, exchange);
    DestinationFigures figures = inbox.deliveries().figuresOf(destination.name());
    String path = path(destination);
    Page page =
        Page.of(destination.title())
            .badge(DeliveryTables.state(destination.state()))
            .under("Inbox", "/inbox")
            .under("Destinations", "/inbox/destinations");
    if (exchange.principal().may(Permission.WRITE_INBOX)) {
      page = page.action(Action.post("Send a test", path + "/test").primary().icon(Icon.FLOWS));
      if (figures.dead() > 0 && destination.state() != Destination.State.DISABLED) {
        page =
            page.action(
                Action.post("Try all that were given up again", path + "/retry").icon(Icon.RETRY));
      }
    }
    if (figures.held() > 0
        && destination.state() == Destination.State.ENABLED
        && exchange.principal().may(Permission.WRITE_INBOX)) {
      page = page.action(Action.post("Try waiting ones now", path + "/hasten").icon(Icon.CLOCK));
    }
    List<Part> parts = new ArrayList<>();
    if (destination.problem() != null) {
      parts.add(new Part.Message(Tone.BAD, Words.sentence(destination.problem()), null));
    }
    MissedPages.message(inbox, destination).ifPresent(parts::add);
    parts.add(
        Part.columns(
            Part.panel("facts", "Destination", new Part.Facts(facts(destination))),
            Part.panel("figures", "Deliveries", new Part.Facts(figures(figures)))));
    parts.add(deliveries(exchange, destination));
    if (exchange.principal().may(Permission.MANAGE_CONNECTIONS)) {
      parts.add(
          Part.panel("rotate", "Give it a new secret", new Part.Form(rotation(path, rotated)))
              .note("For a while the older ones sign, too, so that the receiver can follow."));
      FormState filled =
          changed.values().isEmpty() ? FormState.of(DestinationForms.values(destination)) : changed;
      parts.add(
          Part.panel(
              "change",
              "Change it",
              new Part.Form(filled.fill(DestinationForms.change(destination, path)))));
    }
    return page.with(parts);
  }

  private Part deliveries(Exchange exchange, Destination destination) {
    dev.entrepot.model.Page<EventDelivery> found =
        inbox
            .deliveries()
            .list(
                DeliveryFilter.ofDestination(destination.name()),
                Addresses.cursor(exchange),
                exchange.pageSize());
    return new Part.Table(
        DeliveryTables.ofDestination(found.items())
            .paged(
                Addresses.paging(
                    exchange, found.items().size(), "delivery", "deliveries", found.next())));
  }

  private static List<Fact> facts(Destination destination) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Address", Cell.code(destination.url().toString())));
    facts.add(new Fact("Tenant", Cell.text(destination.tenant())));
    facts.add(new Fact("Topics", Cell.text(all(destination.topics()))));
    facts.add(new Fact("Connections", Cell.text(all(destination.connections()))));
    for (SecretState secret : destination.secrets()) {
      facts.add(
          new Fact(
              "Secret no. " + secret.number(),
              secret.validUntil() == null
                  ? Cell.text(secret.reference() == null ? "Encrypted here" : secret.reference())
                  : Cell.time(secret.validUntil())));
    }
    facts.add(new Fact("Made", Cell.time(destination.createdAt())));
    facts.add(new Fact("Changed", Cell.time(destination.updatedAt())));
    return facts;
  }

  private static String all(List<String> some) {
    return some.isEmpty() ? "All" : String.join(", ", some);
  }

  private static List<Fact> figures(DestinationFigures figures) {
    return List.of(
        new Fact("Delivered", Cell.count(figures.delivered())),
        new Fact("To be delivered", Cell.count(figures.pending())),
        new Fact("Of these held", Cell.count(figures.held())),
        new Fact("Given up", Cell.count(figures.dead())),
        new Fact("Event was gone", Cell.count(figures.skipped())),
        new Fact("Oldest waits since", Cell.time(figures.oldest())));
  }

  private static FormView rotation(String path, FormState state) {
    FormState filled =
        state.values().isEmpty()
            ? FormState.of(Map.of("overlap", Long.toString(USUAL_OVERLAP)))
            : state;
    return filled.fill(
        FormView.of(
            "rotate-secret",
            path + "/secret",
            "Rotate",
            DestinationForms.secret(),
            Field.of(Field.Kind.NUMBER, "overlap", "Hours the older ones go on signing")
                .mandatory()));
  }

  private Answer change(Exchange exchange) {
    Form form = exchange.form();
    Destination present = Found.destination(inbox, exchange);
    Attempt<Destination> attempt =
        Refusal.attempt(() ->
            destinations.update(
                exchange.principal().actor(),
                DestinationForms.draft(present.name(), form),
                Read.version(form)));
    return switch (attempt) {
      case Attempt.Done<Destination> _ -> shell.done(path(present), "The destination was changed.");
      case Attempt.Refused<Destination>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, FormState.of(form, refusal), FormState.blank()));
    };
  }

  private Answer rotate(Exchange exchange) {
    Form form = exchange.form();
    Destination present = Found.destination(inbox, exchange);
    Attempt<Destinations.WithSecret> attempt =
        Refusal.attempt(() ->
            destinations.rotate(
                exchange.principal().actor(),
                present.name(),
                form.text("secret").orElse(null),
                Duration.ofHours(Read.whole(form, "overlap"))));
    return switch (attempt) {
      case Attempt.Done<Destinations.WithSecret>(Destinations.WithSecret made) ->
          DestinationListPage.told(shell, exchange, made, "It has a new secret.");
      case Attempt.Refused<Destinations.WithSecret>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, FormState.blank(), FormState.of(form, refusal)));
    };
  }

  private Answer test(Exchange exchange) {
    Destination present = Found.destination(inbox, exchange);
    Attempt<Destinations.Tested> attempt =
        Refusal.attempt(() -> destinations.test(exchange.principal().actor(), present.name()));
    return switch (attempt) {
      case Attempt.Done<Destinations.Tested>(Destinations.Tested tested) ->
          tested.taken()
              ? shell.done(
                  path(present),
                  "The test was taken with status %s after %d ms."
                      .formatted(tested.status(), tested.took().toMillis()))
              : shell.told(path(present), new Flash(Tone.BAD, said(tested)));
      case Attempt.Refused<Destinations.Tested>(Refusal refusal) ->
          shell.told(path(present), new Flash(Tone.BAD, refusal.message()));
    };
  }

  private static String said(Destinations.Tested tested) {
    String answer = tested.answer().isBlank() ? "" : " " + Words.sentence(tested.answer());
    return tested.status() == null
        ? "The test was not taken." + answer
        : "The test was not taken: status " + tested.status() + "." + answer;
  }

  private Answer retry(Exchange exchange) {
    Destination present = Found.destination(inbox, exchange);
    return tried(
        present,
        Refusal.attempt(
            () -> inbox.deliveries().retryAll(exchange.principal().actor(), present.name())),
        " tried again.");
  }

  private Answer hasten(Exchange exchange) {
    Destination present = Found.destination(inbox, exchange);
    return tried(
        present,
        Refusal.attempt(
            () -> inbox.deliveries().hastenAll(exchange.principal().actor(), present.name())),
        " tried now.");
  }

  private Answer tried(Destination present, Attempt<Long> attempt, String how) {
    return switch (attempt) {
      case Attempt.Done<Long>(Long count) ->
          shell.done(path(present), Words.count(count, "delivery", "deliveries") + how);
      case Attempt.Refused<Long>(Refusal refusal) ->
          shell.told(path(present), new Flash(Tone.BAD, refusal.message()));
    };
  }
}
