package dev.entrepot.console.pages.entrance;

import dev.entrepot.console.pages.shell.Shell;
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
import dev.entrepot.console.view.SignIn;
import dev.entrepot.console.view.SignIn.DemoAccount;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signing in and out.
public final class EntrancePages {
  /// Where one signs in.
  public static final String SIGN_IN = "/sign-in";

  private static final int REFUSED = 422;
  private static final int LATER = 429;

  private final Shell shell;
  private final Doorkeeper doorkeeper;
  private final Sessions sessions;
  private final Cookies cookies;
  private final List<DemoAccount> demo;

  /// @param demo accounts offered on the sign-in page of the demo world, empty elsewhere
  public EntrancePages(
      Shell shell,
      Doorkeeper doorkeeper,
      Sessions sessions,
      Cookies cookies,
      List<DemoAccount> demo) {
    this.shell = shell;
    this.doorkeeper = doorkeeper;
    this.sessions = sessions;
    this.cookies = cookies;
    this.demo = List.copyOf(demo);
  }

  public List<Route> routes() {
    return List.of(
        Route.get(SIGN_IN, "pages.sign-in", Access.open(), this::show),
        Route.post(SIGN_IN, "pages.sign-in.submit", Access.open(), this::signIn)
            .taking(Body.form()),
        Route.post("/sign-out", "pages.sign-out", Access.authenticated(), this::signOut)
            .taking(Body.form()));
  }

  private Answer show(Exchange exchange) {
    String next = local(exchange.query().value("next").orElse("/"));
    if (exchange.caller() instanceof Caller.Browser) {
      return Answer.seeOther(next);
    }
    return form(exchange, 200, "", null, next);
  }

  private Answer signIn(Exchange exchange) {
    Form form = exchange.form();
    String email = form.text("email").orElse("");
    String next = local(form.value("next").orElse("/"));
    Doorkeeper.Entry entry =
        doorkeeper.enter(
            email,
            form.value("password").orElse(""),
            exchange.address(),
            exchange.header("User-Agent").orElse("unknown"));
    return switch (entry) {
      case Doorkeeper.Entry.Entered entered -> {
        leaveBefore(exchange);
        Answer.Header cookie = cookies.set(entered.opened().token(), Sessions.LONGEST);
        yield Answer.seeOther(next).with(cookie.name(), cookie.value());
      }
      case Doorkeeper.Entry.Refused _ ->
          form(exchange, REFUSED, email, "The e-mail address or the password is wrong.", next);
      case Doorkeeper.Entry.Later later ->
          form(
              exchange,
              LATER,
              email,
              "Too many attempts failed. Try again in " + minutes(later.remaining()) + ".",
              next);
    };
  }

  /// Whoever signs in anew leaves the session before.
  private void leaveBefore(Exchange exchange) {
    if (exchange.caller() instanceof Caller.Browser before) {
      boolean _ = sessions.close(before.account().id(), before.session().id());
    }
  }

  private Answer signOut(Exchange exchange) {
    Session session = exchange.session();
    boolean _ = sessions.close(session.accountId(), session.id());
    Answer.Header cookie = cookies.clear();
    return Answer.seeOther(SIGN_IN).with(cookie.name(), cookie.value());
  }

  private Answer form(
      Exchange exchange, int status, String email, @Nullable String error, String next) {
    return shell.show(
        exchange,
        status,
        new SignIn(shell.frame(exchange, "Sign in", List.of()), SIGN_IN, email, error, next, demo));
  }

  private static String minutes(Duration remaining) {
    long minutes = Math.max(1, remaining.plusSeconds(59).toMinutes());
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }

  /// A path of this server, whatever was asked for: a link must not lead elsewhere after signing
  /// in.
  private static String local(String next) {
    boolean ours =
        next.startsWith("/")
            && !next.startsWith("//")
            && next.chars().noneMatch(c -> c == '\\' || c < ' ');
    return ours ? next : "/";
  }
}
