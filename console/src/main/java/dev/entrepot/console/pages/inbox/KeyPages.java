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
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.HeldKeys.Unseen;
import dev.entrepot.inbox.lanes.WaitingKey;
import java.util.List;

/// Keys of which events wait: because one failed, or because an operator holds them.
final class KeyPages {
  private static final String FORCE = "force";
  private static final String PATH = "/inbox/keys";

  private final Shell shell;
  private final Inbox inbox;

  KeyPages(Shell shell, Inbox inbox) {
    this.shell = shell;
    this.inbox = inbox;
  }

  List<Route> routes() {
    Access write = Access.needs(Permission.WRITE_INBOX);
    return List.of(
        Route.get(PATH, "pages.held", Access.needs(Permission.READ_INBOX), this::list),
        Route.post(PATH, "pages.held.park", write, this::park).taking(Body.form()),
        Route.post(PATH + "/{key}/release", "pages.held.release", write, this::release)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank()));
  }

  private Page page(Exchange exchange, FormState state) {
    boolean writes = exchange.principal().may(Permission.WRITE_INBOX);
    dev.entrepot.model.Page<WaitingKey> found =
        inbox.states().keys(Addresses.cursor(exchange), exchange.pageSize());
    TableView table =
        TableView.of(
                "keys",
                "Held keys by name",
                List.of(
                    Column.title("Key"),
                    Column.text("Tenant"),
                    Column.text("State"),
                    Column.number("Events"),
                    Column.text("Waits since"),
                    Column.text("Tried next"),
                    Column.number("Attempts"),
                    Column.of("Why", Column.Kind.WIDE),
                    Column.of("Actions", Column.Kind.ACTIONS)),
                found.items().stream().map(key -> row(key, writes)).toList(),
                Empty.of(
                    Icon.CHECK, "No key is held", "Every event is handed on as soon as it comes."))
            .paged(Addresses.paging(exchange, found.items().size(), "key", found.next()));
    Page page =
        InboxTabs.KEYS
            .page("An event that fails holds its own key only; all other keys go on.")
            .with(new Part.Table(table));
    FormView form =
        FormView.of(
            "park-key",
            PATH,
            "Park",
            Field.text("key", "Key").mandatory().placeholder("shop.example/orders/123"),
            Field.text("tenant", "Tenant")
                .help("Needed only where several tenants have such a key."),
            Field.text("reason", "Reason").mandatory(),
            Field.of(Field.Kind.CHECKBOX, FORCE, "Force it: no event of this key has come yet"));
    return writes
        ? page.with(
            Part.panel("park", "Park a key", new Part.Form(state.fill(form)))
                .note("Its events are kept, and wait from now on until it is released."))
        : page;
  }

  private static TableView.Row row(WaitingKey key, boolean writes) {
    boolean parked = key.parkedBy() != null;
    return TableView.Row.of(
        key.key(),
        Cell.key(key.key(), Addresses.of("/inbox", "key", key.key())),
        Cell.text(key.tenant()),
        parked ? Cell.badge(Tone.WAIT, "Parked") : Cell.badge(Tone.WARN, "Waiting"),
        Cell.count(key.events()),
        Cell.ago(key.oldest()),
        Cell.time(key.dueAt()),
        Cell.count(key.attempts()),
        Cell.text(why(key)),
        new Cell.Actions(
            writes && parked
                ? List.of(
                    Action.post(
                        "Release",
                        PATH + "/" + Addresses.encode(key.tenant() + "/" + key.key()) + "/release"))
                : List.of()));
  }

  private static String why(WaitingKey key) {
    if (key.parkedBy() != null) {
      return Words.actor(key.parkedBy()) + ": " + key.parkedFor();
    }
    return key.code() == null ? "" : Words.of(key.code()) + ": " + key.reason();
  }

  private Answer park(Exchange exchange) {
    Form form = exchange.form();
    Attempt<String> attempt =
        Refusal.attempt(() -> {
          String key = Read.text(form, "key");
          inbox
              .desk()
              .keys()
              .park(
                  exchange.principal().actor(),
                  form.text("tenant").orElse(null),
                  key,
                  Read.text(form, "reason"),
                  Read.ticked(form, FORCE) ? Unseen.PARK : Unseen.REFUSE);
          return key;
        });
    return switch (attempt) {
      case Attempt.Done<String>(String key) -> shell.done(PATH, key + " is parked.");
      case Attempt.Refused<String>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }

  private Answer release(Exchange exchange) {
    String hold = exchange.variable("key");
    String tenant = hold.substring(0, Math.max(0, hold.indexOf('/')));
    String key = hold.substring(hold.indexOf('/') + 1);
    Attempt<String> attempt =
        Refusal.attempt(() -> {
          inbox.desk().keys().release(exchange.principal().actor(), tenant, key);
          return key;
        });
    return switch (attempt) {
      case Attempt.Done<String> _ -> shell.done(PATH, key + " goes on.");
      case Attempt.Refused<String>(Refusal refusal) ->
          shell.told(PATH, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
