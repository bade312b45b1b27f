package dev.entrepot.console.pages.access;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.Accounts;
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
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Sessions;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Accounts of others.
public final class UserPages {
  private static final String PATH = "/users";

  private final Shell shell;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Doorkeeper doorkeeper;
  private final Clock clock;

  public UserPages(
      Shell shell, Accounts accounts, Sessions sessions, Doorkeeper doorkeeper, Clock clock) {
    this.shell = shell;
    this.accounts = accounts;
    this.sessions = sessions;
    this.doorkeeper = doorkeeper;
    this.clock = clock;
  }

  public List<Route> routes() {
    Access manage = Access.needs(Permission.MANAGE_ACCESS);
    return List.of(
        Route.get(PATH, "pages.users", manage, this::list),
        Route.get(PATH + "/new", "pages.users.new", manage, this::blank),
        Route.post(PATH, "pages.users.create", manage, this::create).taking(Body.form()),
        Route.get(PATH + "/{id}", "pages.user", manage, this::edit),
        Route.post(PATH + "/{id}", "pages.user.save", manage, this::save).taking(Body.form()),
        Route.post(PATH + "/{id}/password", "pages.user.password", manage, this::password)
            .taking(Body.form()),
        Route.post(PATH + "/{id}/sign-out", "pages.user.sign-out", manage, this::signOut)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    TableView table =
        TableView.of(
            "users",
            "Users by address",
            List.of(
                Column.title("User"),
                Column.text("Role"),
                Column.text("Vendor"),
                Column.text("State"),
                Column.text("Last signed in")),
            accounts.list().stream().map(this::row).toList(),
            Empty.of(Icon.USERS, "No user", "You would not be here."));
    return shell.show(
        exchange,
        Page.of("Users")
            .lead("People who can sign in, and what they may do.")
            .action(Action.link("Add a user", PATH + "/new").primary().icon(Icon.PLUS))
            .with(new Part.Table(table)));
  }

  private TableView.Row row(Account account) {
    return TableView.Row.of(
        account.id().toString(),
        Cell.link(account.name(), PATH + "/" + account.id(), account.email()),
        Cell.text(Words.of(account.role())),
        account.vendor() == null
            ? new Cell.Blank()
            : Cell.link(account.vendor(), "/vendors/" + account.vendor()),
        state(account),
        Cell.ago(account.lastSignInAt()));
  }

  private Cell state(Account account) {
    if (!account.active()) {
      return Cell.badge(Tone.QUIET, "Switched off");
    }
    Instant locked = account.lockedUntil();
    return locked != null && locked.isAfter(clock.instant())
        ? Cell.badge(Tone.WARN, "Locked for a while")
        : Cell.badge(Tone.GOOD, "Active");
  }

  private Answer blank(Exchange exchange) {
    return shell.show(exchange, newPage(FormState.of(Map.of("role", "VIEWER", "active", "true"))));
  }

  private static Page newPage(FormState state) {
    FormView form =
        FormView.of(
                "user",
                PATH,
                "Create user",
                Field.of(Field.Kind.EMAIL, "email", "E-mail").mandatory(),
                Field.text("name", "Name").mandatory(),
                role(),
                vendor(),
                Field.of(Field.Kind.PASSWORD, "password", "First password")
                    .mandatory()
                    .autocomplete("new-password")
                    .help("At least 12 characters. The user changes it on the account page."),
                Field.of(Field.Kind.SWITCH, "active", "May sign in"))
            .cancel(PATH);
    return Page.of("Add a user")
        .under("Users", PATH)
        .with(Part.panel("new", "User", new Part.Form(state.fill(form))));
  }

  private static Field role() {
    return Field.select(
            "role",
            "Role",
            List.of(
                new Option("ADMIN", "Administrator: everything"),
                new Option("OPERATOR", "Operator: runs the hub"),
                new Option("VIEWER", "Viewer: sees, changes nothing"),
                new Option("SUPPLIER", "Supplier: its own vendor only")))
        .mandatory();
  }

  private static Field vendor() {
    return Field.text("vendor", "Vendor")
        .placeholder("VEND001")
        .help("The code of the vendor, for a supplier.");
  }

  private static AccountDraft read(Form form) {
    return new AccountDraft(
        Read.text(form, "email"),
        Read.text(form, "name"),
        Read.choice(form, "role", Role.class),
        Read.optional(form, "vendor"),
        Read.ticked(form, "active"));
  }

  private Answer create(Exchange exchange) {
    Form form = exchange.form();
    Attempt<Account> attempt =
        Refusal.attempt(() ->
            accounts.create(
                exchange.principal().actor(), read(form), form.value("password").orElse("")));
    return switch (attempt) {
      case Attempt.Done<Account>(Account account) ->
          shell.done(PATH, account.name() + " can sign in now.");
      case Attempt.Refused<Account>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), newPage(FormState.of(form, refusal)));
    };
  }

  private Account require(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return accounts
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound("there is no user " + id + "; look at the list of users"));
  }

  private Answer edit(Exchange exchange) {
    Account account = require(exchange);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("email", account.email());
    values.put("name", account.name());
    values.put("role", account.role().name());
    values.put("vendor", account.vendor() == null ? "" : account.vendor());
    values.put("active", Boolean.toString(account.active()));
    return shell.show(exchange, editPage(account, FormState.of(values), FormState.blank()));
  }

  private static Page editPage(Account account, FormState state, FormState password) {
    String root = PATH + "/" + account.id();
    FormView form =
        FormView.of(
                "user",
                root,
                "Save",
                Field.of(Field.Kind.EMAIL, "email", "E-mail").mandatory(),
                Field.text("name", "Name").mandatory(),
                role(),
                vendor(),
                Field.of(Field.Kind.SWITCH, "active", "May sign in"))
            .hidden("version", Integer.toString(account.version()))
            .cancel(PATH);
    FormView reset =
        FormView.of(
                "reset",
                root + "/password",
                "Set password",
                Field.of(Field.Kind.PASSWORD, "password", "New password")
                    .mandatory()
                    .autocomplete("new-password")
                    .help("At least 12 characters. All its browsers are signed out."))
            .confirm("Set a new password for " + account.email() + "?");
    List<Part> parts = new ArrayList<>();
    parts.add(Part.panel("edit", "User", new Part.Form(state.fill(form))));
    parts.add(
        Part.columns(
            Part.panel("password-panel", "Reset the password", new Part.Form(password.fill(reset))),
            Part.panel(
                "sessions",
                "Signed-in browsers",
                new Part.Form(
                    FormView.of("sign-out", root + "/sign-out", "Sign out everywhere")
                        .danger("Sign " + account.email() + " out of all browsers?")))));
    return Page.of(account.name()).lead(account.email()).under("Users", PATH).with(parts);
  }

  private Answer save(Exchange exchange) {
    Account before = require(exchange);
    Form form = exchange.form();
    Attempt<Account> attempt =
        Refusal.attempt(() ->
            doorkeeper.update(
                exchange.principal().actor(), before.id(), read(form), Read.version(form)));
    return switch (attempt) {
      case Attempt.Done<Account>(Account account) ->
          shell.done(PATH, account.name() + " was saved.");
      case Attempt.Refused<Account>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              editPage(before, FormState.of(form, refusal), FormState.blank()));
    };
  }

  private Answer password(Exchange exchange) {
    Account account = require(exchange);
    Form form = exchange.form();
    Attempt<Boolean> attempt =
        Refusal.attempt(() -> {
          accounts.setPassword(
              exchange.principal().actor(), account.id(), form.value("password").orElse(""));
          return true;
        });
    return switch (attempt) {
      case Attempt.Done<Boolean> _ ->
          shell.done(PATH, "The password of " + account.email() + " was set.");
      case Attempt.Refused<Boolean>(Refusal refusal) ->
          shell.show(
              exchange,
              refusal.status(),
              editPage(account, values(account), FormState.of(form, refusal)));
    };
  }

  private static FormState values(Account account) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("email", account.email());
    values.put("name", account.name());
    values.put("role", account.role().name());
    values.put("vendor", account.vendor() == null ? "" : account.vendor());
    values.put("active", Boolean.toString(account.active()));
    return FormState.of(values);
  }

  private Answer signOut(Exchange exchange) {
    Account account = require(exchange);
    int ended = sessions.closeAll(account.id());
    return shell.done(
        PATH + "/" + account.id(),
        Words.count(ended, "browser was", "browsers were") + " signed out.");
  }
}
