package dev.entrepot.console.pages.account;

import dev.entrepot.console.account.Account;
import dev.entrepot.console.pages.shell.FormState;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Caller;
import dev.entrepot.console.server.Cookies;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Session;
import dev.entrepot.console.session.Sessions;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Theme;
import dev.entrepot.console.view.Tone;
import java.util.ArrayList;
import java.util.List;

/// One's own account: password, signed-in browsers, light or dark.
public final class AccountPages {
  private static final String PATH = "/account";
  private static final long YEAR = 365L * 24 * 60 * 60;

  private final Shell shell;
  private final Doorkeeper doorkeeper;
  private final Sessions sessions;
  private final Cookies cookies;

  public AccountPages(Shell shell, Doorkeeper doorkeeper, Sessions sessions, Cookies cookies) {
    this.shell = shell;
    this.doorkeeper = doorkeeper;
    this.sessions = sessions;
    this.cookies = cookies;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(PATH, "pages.account", Access.authenticated(), this::show),
        Route.post(
                PATH + "/password", "pages.account.password", Access.authenticated(), this::change)
            .taking(Body.form()),
        Route.post(PATH + "/theme", "pages.account.theme", Access.authenticated(), this::theme)
            .taking(Body.form()),
        Route.post(
                PATH + "/sessions/{id}/end",
                "pages.account.end-session",
                Access.authenticated(),
                this::end)
            .taking(Body.form()));
  }

  private Answer show(Exchange exchange) {
    return shell.show(exchange, page(exchange, FormState.blank()));
  }

  private Answer change(Exchange exchange) {
    Form form = exchange.form();
    Account account = exchange.browser().account();
    Attempt<Boolean> attempt =
        Refusal.attempt(() -> {
          String password = form.value("password").orElse("");
          if (!password.equals(form.value("repeated").orElse(""))) {
            throw Refusal.invalid("repeated", "the two are not the same; type both again");
          }
          doorkeeper.changePassword(
              account, form.value("current_password").orElse(""), password, exchange.address());
          return true;
        });
    return switch (attempt) {
      case Attempt.Done<Boolean> _ -> reopened(exchange, account);
      case Attempt.Refused<Boolean>(Refusal refusal) ->
          shell.show(exchange, refusal.status(), page(exchange, FormState.of(form, refusal)));
    };
  }

  /// All sessions are over; this browser, which just proved to know the password, gets a new one.
  private Answer reopened(Exchange exchange, Account account) {
    Sessions.Opened opened =
        sessions.open(
            account.id(), exchange.address(), exchange.header("User-Agent").orElse("unknown"));
    Answer.Header cookie = cookies.set(opened.token(), Sessions.LONGEST);
    return shell
        .done(PATH, "Your password was changed. All other browsers were signed out.")
        .with(cookie.name(), cookie.value());
  }

  private Answer theme(Exchange exchange) {
    Theme theme = Theme.ofCookie(exchange.form().text("theme").orElse(null));
    return Answer.seeOther(PATH)
        .with(
            "Set-Cookie",
            "%s=%s; Path=/; Max-Age=%d; SameSite=Lax".formatted(Theme.COOKIE, theme.css(), YEAR));
  }

  private Answer end(Exchange exchange) {
    boolean ended = sessions.close(exchange.browser().account().id(), exchange.uuid("id"));
    return shell.done(
        PATH, ended ? "The browser was signed out." : "That browser was signed out already.");
  }

  private Page page(Exchange exchange, FormState state) {
    Caller.Browser browser = exchange.browser();
    Account account = browser.account();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Name", Cell.text(account.name())));
    facts.add(new Fact("E-mail", Cell.text(account.email())));
    facts.add(new Fact("Role", Cell.text(Words.of(account.role()))));
    if (account.vendor() != null) {
      facts.add(new Fact("Vendor", Cell.code(account.vendor())));
    }
    facts.add(new Fact("Password changed", Cell.time(account.passwordChangedAt())));
    String theme =
        exchange
            .header("Cookie")
            .map(cookies -> cookies.replaceAll(".*\\btheme=(\\w+).*", "$1"))
            .orElse("");
    return Page.of("Your account")
        .with(
            Part.columns(
                new Part.Stack(
                    List.of(
                        Part.panel("who", "You", new Part.Facts(facts)),
                        Part.panel(
                            "look",
                            "Light or dark",
                            new Part.Form(themeForm(Theme.ofCookie(theme)))))),
                Part.panel("password", "Password", new Part.Form(state.fill(passwordForm())))),
            Part.panel("sessions", "Signed-in browsers", sessions(browser)));
  }

  private static FormView passwordForm() {
    return FormView.of(
        "change-password",
        PATH + "/password",
        "Change password",
        Field.of(Field.Kind.PASSWORD, "current_password", "Current password")
            .mandatory()
            .autocomplete("current-password"),
        Field.of(Field.Kind.PASSWORD, "password", "New password")
            .mandatory()
            .autocomplete("new-password")
            .help("At least 12 characters. Other browsers are signed out."),
        Field.of(Field.Kind.PASSWORD, "repeated", "New password once more")
            .mandatory()
            .autocomplete("new-password"));
  }

  private static FormView themeForm(Theme theme) {
    return FormView.of(
            "choose-theme",
            PATH + "/theme",
            "Use it",
            Field.select(
                    "theme",
                    "Colours",
                    List.of(
                        new Option("auto", "As the device prefers"),
                        new Option("light", "Light"),
                        new Option("dark", "Dark")))
                .mandatory()
                .value(theme.css()))
        .plain();
  }

  private TableView sessions(Caller.Browser browser) {
    Session own = browser.session();
    return TableView.of(
        "browsers",
        "Browsers in which you are signed in",
        List.of(
            Column.title("Browser"),
            Column.text("Address"),
            Column.text("Signed in"),
            Column.text("Last seen"),
            Column.of("Actions", Column.Kind.ACTIONS)),
        sessions.list(browser.account().id()).stream().map(one -> row(one, own)).toList(),
        Empty.of(Icon.USER, "Nowhere signed in", "You are signed in with this request only."));
  }

  private static TableView.Row row(Session session, Session own) {
    boolean here = session.id().equals(own.id());
    return TableView.Row.of(
        session.id().toString(),
        new Cell.Pair(Browsers.name(session.agent()), Browsers.system(session.agent())),
        Cell.code(session.address()),
        Cell.time(session.createdAt()),
        here ? Cell.badge(Tone.GOOD, "This browser") : Cell.ago(session.seenAt()),
        here
            ? new Cell.Actions(List.of())
            : new Cell.Actions(
                List.of(Action.post("Sign out", PATH + "/sessions/" + session.id() + "/end"))));
  }
}
