package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.access.Permission;
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
import dev.entrepot.console.view.Figures;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.feeds.FeedState;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.Receipt;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.EventSourceFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One connection: its state, its secrets, a test event.
final class ConnectionPage {
  private static final String PATH = "/inbox/connections/{name}";
  private static final long USUAL_OVERLAP = 24;
  private static final Duration DAY = Duration.ofDays(1);

  private final Shell shell;
  private final Inbox inbox;
  private final Connections connections;
  private final Clock clock;

  ConnectionPage(Shell shell, Inbox inbox, Clock clock) {
    this.shell = shell;
    this.inbox = inbox;
    this.connections = inbox.connections();
    this.clock = clock;
  }

  List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_CONNECTIONS);
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.connection", Access.needs(Permission.READ_INBOX), this::show),
        Route.post(PATH, "pages.connection.change", manage, this::change).taking(Body.form()),
        Route.post(PATH + "/secret", "pages.connection.secret", manage, this::rotate)
            .taking(Body.form()),
        Route.post(
                PATH + "/secrets/{number}/drop", "pages.connection.secret.drop", manage, this::drop)
            .taking(Body.form()),
        Route.post(PATH + "/remove", "pages.connection.remove", manage, this::remove)
            .taking(Body.form()),
        Route.post(PATH + "/test", "pages.connection.test", write, this::test).taking(Body.form()));
  }

  private Answer show(Exchange exchange) {
    return shell.show(exchange, page(exchange, Forms.blank()));
  }

  /// What stands in the page's forms; blank: what there is.
  private record Forms(FormState changed, FormState rotated, FormState removed) {
    static Forms blank() {
      return new Forms(FormState.blank(), FormState.blank(), FormState.blank());
    }

    static Forms changed(FormState state) {
      return new Forms(state, FormState.blank(), FormState.blank());
    }

    static Forms rotated(FormState state) {
      return new Forms(FormState.blank(), state, FormState.blank());
    }

    static Forms removed(FormState state) {
      return new Forms(FormState.blank(), FormState.blank(), state);
    }
  }

  private Page page(Exchange exchange, Forms forms) {
    OpenConnection open = Found.connection(inbox, exchange);
    InboxConnection connection = open.connection();
    String path = "/inbox/connections/" + connection.name();
    Page page =
        Page.of(connection.title())
            .badge(InboxWords.state(connection.state()))
            .under("Inbox", "/inbox")
            .under("Connections", "/inbox/connections")
            .action(Action.link("Its events", "/inbox?connection=" + connection.name()));
    if (exchange.principal().may(Permission.WRITE_INBOX)) {
      page =
          page.action(Action.post("Send a test event", path + "/test").primary().icon(Icon.INBOX));
    }
    List<Part> parts = new ArrayList<>();
    open.problem()
        .ifPresent(problem ->
            parts.add(
                new Part.Message(
                    open.usable(clock.instant()) ? Tone.WARN : Tone.BAD,
                    Words.sentence(problem),
                    null)));
    boolean manages = exchange.principal().may(Permission.MANAGE_CONNECTIONS);
    List<FeedState> states = open.fed() ? inbox.feeds().states(connection.name()) : List.of();
    FeedParts.problems(states).forEach(parts::add);
    parts.add(lastDay(open));
    Part facts = Part.panel("facts", "Connection", new Part.Facts(facts(open)));
    EventSourceFactory kind = connections.kinds().get(connection.kind());
    boolean secretive =
        !connection.secrets().isEmpty() || (kind != null && ConnectionForms.secretive(kind));
    parts.add(facts);
    if (open.fed()) {
      parts.add(FeedParts.panel(states));
    }
    if (secretive) {
      parts.add(Part.panel("secrets", "Secrets", SecretTable.of(open, clock.instant(), manages)));
    }
    if (manages) {
      parts.addAll(management(connection, path, secretive, forms));
    }
    return page.with(parts);
  }

  /// @param secretive whether it is of a kind that has secrets
  private List<Part> management(
      InboxConnection connection, String path, boolean secretive, Forms forms) {
    List<Part> parts = new ArrayList<>();
    if (secretive) {
      EventSourceFactory kind = connections.kinds().get(connection.kind());
      String hint = kind == null ? "" : Words.sentence(kind.secretHint());
      parts.add(
          Part.panel(
                  "rotate", "Give it a new secret", new Part.Form(rotation(path, forms.rotated())))
              .note(hint));
    }
    FormState filled =
        forms.changed().values().isEmpty()
            ? FormState.of(ConnectionForms.values(connections, connection))
            : forms.changed();
    parts.add(
        Part.panel(
            "change",
            "Change it",
            new Part.Form(filled.fill(ConnectionForms.change(connections, connection, path)))));
    parts.add(
        Part.panel(
                "remove",
                "Remove it",
                new Part.Form(
                    forms.removed().fill(ConnectionForms.removal(connection, path + "/remove"))))
            .note(
                "It goes with its secrets, for good; its sender is told 410 from then on. Events"
                    + " that it kept stay until they are past the retention."));
    return parts;
  }

  private Part lastDay(OpenConnection open) {
    Instant now = clock.instant();
    return IntakeTiles.of(
        inbox.figures().between(now.minus(DAY), now, open.connection().name()), open.fed());
  }

  private List<Fact> facts(OpenConnection open) {
    InboxConnection connection = open.connection();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Address",
            open.fed()
                ? Cell.text("None. Its events are fetched")
                : Cell.code("/hooks/" + connection.name())));
    facts.add(new Fact("Sender", Cell.text(ConnectionForms.kind(connections, connection.kind()))));
    facts.add(new Fact("Tenant", Cell.text(connection.tenant())));
    facts.add(new Fact("Largest body", Cell.text(Figures.bytes(connection.mostBodyBytes()))));
    facts.add(
        new Fact(
            "When an event is given up",
            Cell.text(
                switch (connection.deadLetters()) {
                  case RELEASE -> "its key goes on";
                  case PARK -> "its key is parked";
                })));
    EventSourceFactory kind = connections.kinds().get(connection.kind());
    if (kind != null) {
      facts.addAll(SettingFields.facts(kind, connection.settings()));
    }
    facts.add(new Fact("Made", Cell.time(connection.createdAt())));
    facts.add(new Fact("Changed", Cell.time(connection.updatedAt())));
    return facts;
  }

  private static FormView rotation(String path, FormState state) {
    FormState filled =
        state.values().isEmpty()
            ? FormState.of(Map.of("overlap", Long.toString(USUAL_OVERLAP)))
            : state;
    return filled.fill(ConnectionForms.rotation(path + "/secret"));
  }

  private Answer change(Exchange exchange) {
    Form form = exchange.form();
    InboxConnection present = Found.connection(inbox, exchange).connection();
    String path = "/inbox/connections/" + present.name();
    Attempt<InboxConnection> attempt =
        Refusal.attempt(() ->
            connections.update(
                exchange.principal().actor(),
                ConnectionForms.draft(connections, present.name(), form),
                Read.version(form)));
    return switch (attempt) {
      case Attempt.Done<InboxConnection> _ -> shell.done(path, "The connection was changed.");
      case Attempt.Refused<InboxConnection>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, Forms.changed(FormState.of(form, refusal))));
    };
  }

  private Answer rotate(Exchange exchange) {
    Form form = exchange.form();
    InboxConnection present = Found.connection(inbox, exchange).connection();
    Attempt<InboxConnection> attempt =
        Refusal.attempt(() ->
            connections.rotate(
                exchange.principal().actor(),
                present.name(),
                Read.text(form, "secret"),
                Duration.ofHours(Read.whole(form, "overlap"))));
    return switch (attempt) {
      case Attempt.Done<InboxConnection> _ ->
          shell.done("/inbox/connections/" + present.name(), "It has a new secret.");
      case Attempt.Refused<InboxConnection>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, Forms.rotated(FormState.of(form, refusal))));
    };
  }

  private Answer drop(Exchange exchange) {
    String name = Found.connection(inbox, exchange).connection().name();
    String path = "/inbox/connections/" + name;
    int number = Math.toIntExact(Math.min(exchange.number("number"), Integer.MAX_VALUE));
    Attempt<InboxConnection> attempt =
        Refusal.attempt(() -> connections.dropSecret(exchange.principal().actor(), name, number));
    return switch (attempt) {
      case Attempt.Done<InboxConnection> _ ->
          shell.done(path, "Secret No. " + number + " was dropped.");
      case Attempt.Refused<InboxConnection>(Refusal refusal) ->
          shell.told(path, new Flash(Tone.BAD, refusal.message()));
    };
  }

  private Answer remove(Exchange exchange) {
    Form form = exchange.form();
    InboxConnection present = Found.connection(inbox, exchange).connection();
    Intake.Recent recent =
        Read.ticked(form, "recent") ? Intake.Recent.REMOVE : Intake.Recent.REFUSE;
    Attempt<InboxConnection> attempt =
        Refusal.attempt(() -> {
          requireSame(present.name(), form.text("confirmed").orElse(""));
          return inbox.intake().remove(exchange.principal().actor(), present.name(), recent);
        });
    return switch (attempt) {
      case Attempt.Done<InboxConnection> _ ->
          shell.done("/inbox/connections", "Connection " + present.name() + " was removed.");
      case Attempt.Refused<InboxConnection>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              page(exchange, Forms.removed(FormState.of(form, atItsField(refusal)))));
    };
  }

  /// That events came lately is confirmed by the box.
  private static Refusal atItsField(Refusal refusal) {
    return "confirm".equals(refusal.field())
        ? new Refusal(refusal.status(), "recent", refusal.message())
        : refusal;
  }

  private static void requireSame(String name, String typed) {
    if (!typed.equals(name)) {
      throw Refusal.invalid(
          "confirmed", "“" + typed + "” is not its name; to remove it, write " + name);
    }
  }

  private Answer test(Exchange exchange) {
    String name = Found.connection(inbox, exchange).connection().name();
    String path = "/inbox/connections/" + name;
    Attempt<Receipt> attempt =
        Refusal.attempt(() ->
            inbox
                .intake()
                .acceptTest(name, connections.sample(exchange.principal().actor(), name)));
    return switch (attempt) {
      case Attempt.Done<Receipt>(Receipt receipt) ->
          switch (receipt) {
            case Receipt.Accepted(long position) ->
                shell.done(
                    "/inbox/events/" + Positions.text(position),
                    "The test event was taken; this is it. It is read, and handed on to nobody.");
            case Receipt.Duplicate(long first) ->
                shell.done(
                    "/inbox/events/" + Positions.text(first),
                    "The test event had come already; this is it.");
            case Receipt.Refused refused ->
                shell.told(
                    path,
                    new Flash(Tone.BAD, "It was refused. " + Words.sentence(refused.message())));
          };
      case Attempt.Refused<Receipt>(Refusal refusal) ->
          shell.told(path, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
