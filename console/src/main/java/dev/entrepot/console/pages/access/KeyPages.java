package dev.entrepot.console.pages.access;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.apikey.ApiKey;
import dev.entrepot.console.apikey.ApiKeys;
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
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// API keys.
public final class KeyPages {
  private static final String PATH = "/keys";

  private final Shell shell;
  private final ApiKeys keys;
  private final Clock clock;

  public KeyPages(Shell shell, ApiKeys keys, Clock clock) {
    this.shell = shell;
    this.keys = keys;
    this.clock = clock;
  }

  public List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_ACCESS);
    return List.of(
        Route.get(PATH, "pages.keys", manage, this::list),
        Route.post(PATH, "pages.keys.create", manage, this::create).taking(Body.form()),
        Route.post(PATH + "/{id}/revoke", "pages.key.revoke", manage, this::revoke)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    return shell.show(exchange, page(FormState.of(Map.of("role", "VIEWER"))));
  }

  private Page page(FormState state) {
    TableView table =
        TableView.of(
            "keys",
            "API keys, latest first",
            List.of(
                Column.title("Key"),
                Column.text("Begins with"),
                Column.text("Role"),
                Column.text("Vendor"),
                Column.text("State"),
                Column.text("Last used"),
                Column.of("Actions", Column.Kind.ACTIONS)),
            keys.list().stream().map(this::row).toList(),
            Empty.of(
                Icon.KEY,
                "No API key yet",
                "Programs send one as “Authorization: Bearer ek_…”. Make the first one below."));
    FormView form =
        FormView.of(
            "key",
            PATH,
            "Make key",
            Field.text("name", "Name").mandatory().placeholder("Nightly export of the ERP"),
            Field.select(
                    "role",
                    "Role",
                    List.of(Role.values()).stream()
                        .map(role -> new Option(role.name(), Words.of(role)))
                        .toList())
                .mandatory(),
            Field.text("vendor", "Vendor")
                .placeholder("VEND001")
                .help("The code of the vendor, for a supplier's key."),
            Field.of(Field.Kind.TIME, "expires_at", "Good until, in UTC")
                .help("Empty: until it is revoked."));
    return Page.of("API keys")
        .lead("With a key a program uses the API as somebody of its role.")
        .with(
            new Part.Table(table),
            Part.panel("new", "Make a key", new Part.Form(state.fill(form))));
  }

  private TableView.Row row(ApiKey key) {
    boolean good =
        key.revokedAt() == null
            && (key.expiresAt() == null || key.expiresAt().isAfter(clock.instant()));
    return TableView.Row.of(
        key.id(),
        new Cell.Pair(key.name(), "by " + Words.actor(key.createdBy())),
        Cell.code(key.id()),
        Cell.text(Words.of(key.role())),
        Cell.code(key.vendor()),
        state(key, good),
        Cell.ago(key.lastUsedAt()),
        good
            ? new Cell.Actions(
                List.of(
                    Action.post("Revoke", PATH + "/" + key.id() + "/revoke")
                        .danger(
                            "Revoke the key “"
                                + key.name()
                                + "”? Programs that use it are refused at once.")))
            : new Cell.Actions(List.of()));
  }

  private static Cell state(ApiKey key, boolean good) {
    if (key.revokedAt() != null) {
      return Cell.badge(Tone.QUIET, "Revoked");
    }
    if (!good) {
      return Cell.badge(Tone.QUIET, "Expired");
    }
    Instant end = key.expiresAt();
    return end == null ? Cell.badge(Tone.GOOD, "Good") : Cell.time(end);
  }

  /// The key is shown by this very answer and never again.
  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<ApiKeys.Created> attempt =
        Refusal.attempt(() ->
            keys.create(
                exchange.principal().actor(),
                new ApiKeys.Draft(
                    Read.text(form, "name"),
                    Read.choice(form, "role", Role.class),
                    Read.optional(form, "vendor"),
                    Read.moment(form, "expires_at"))));
    return switch (attempt) {
      case Attempt.Done<ApiKeys.Created>(ApiKeys.Created created) ->
          shell.show(
              exchange,
              Page.of("New API key")
                  .lead("Copy it now: it is not shown again.")
                  .under("API keys", PATH)
                  .with(
                      new Part.Secret("Key “" + created.key().name() + "”", created.secret()),
                      new Part.Actions(List.of(Action.link("I have copied it", PATH).primary()))));
      case Attempt.Refused<ApiKeys.Created>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(FormState.of(form, refusal)));
    };
  }

  private Answer revoke(Exchange exchange) {
    keys.revoke(exchange.principal().actor(), exchange.variable("id"));
    return shell.done(PATH, "The key was revoked.");
  }
}
