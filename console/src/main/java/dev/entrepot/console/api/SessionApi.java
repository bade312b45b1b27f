package dev.entrepot.console.api;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Caller;
import dev.entrepot.console.server.Cookies;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Session;
import dev.entrepot.console.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Signing in and out, and who one is.
public final class SessionApi {
  private record SignInRequest(String email, String password) {}

  private record PasswordChange(String currentPassword, String password) {}

  /// @param kind `user` or `api_key`
  private record Me(String kind, String id, String name, Role role, @Nullable String vendor) {}

  private record SignedIn(Me me, String csrfToken, Instant expiresAt) {}

  private record SessionAnswer(
      UUID id,
      boolean current,
      Instant createdAt,
      Instant seenAt,
      Instant expiresAt,
      String address,
      String agent) {}

  private final Sessions sessions;
  private final Doorkeeper doorkeeper;
  private final Cookies cookies;

  public SessionApi(Sessions sessions, Doorkeeper doorkeeper, Cookies cookies) {
    this.sessions = sessions;
    this.doorkeeper = doorkeeper;
    this.cookies = cookies;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/me"), "getMe", Access.authenticated(), this::me),
        Route.post(
            ApiPath.of("/me/password"), "changePassword", Access.authenticated(), this::password),
        Route.post(ApiPath.of("/session"), "signIn", Access.open(), this::signIn),
        Route.delete(ApiPath.of("/session"), "signOut", Access.authenticated(), this::signOut),
        Route.get(ApiPath.of("/me/sessions"), "listSessions", Access.authenticated(), this::list),
        Route.delete(
            ApiPath.of("/me/sessions"),
            "signOutEverywhere",
            Access.authenticated(),
            this::everywhere));
  }

  private Answer me(Exchange exchange) {
    return Answer.json(me(exchange.principal()));
  }

  private Answer signIn(Exchange exchange) {
    SignInRequest request = exchange.json(SignInRequest.class);
    Doorkeeper.Entry entry =
        doorkeeper.enter(
            request.email(),
            request.password(),
            exchange.address(),
            exchange.header("User-Agent").orElse(""));
    return switch (entry) {
      case Doorkeeper.Entry.Entered entered -> signedIn(exchange, entered);
      case Doorkeeper.Entry.Refused _ ->
          throw new ProblemException(
              Kind.UNAUTHENTICATED, "the e-mail address or the password is wrong; try again");
      case Doorkeeper.Entry.Later later ->
          throw ProblemException.later(
              Kind.TOO_MANY_REQUESTS,
              "too many failed attempts; try again in "
                  + Math.max(1, (later.remaining().toSeconds() + 59) / 60)
                  + " min",
              later.remaining());
    };
  }

  private Answer signedIn(Exchange exchange, Doorkeeper.Entry.Entered entered) {
    // Whoever signs in anew leaves the session before.
    if (exchange.caller() instanceof Caller.Browser before) {
      sessions.close(before.account().id(), before.session().id());
    }
    Session session = entered.opened().session();
    Answer.Header cookie = cookies.set(entered.opened().token(), Sessions.LONGEST);
    return Answer.json(
            new SignedIn(
                me(entered.account().principal()), session.csrfToken(), session.expiresAt()))
        .with(cookie.name(), cookie.value());
  }

  private Answer signOut(Exchange exchange) {
    Caller.Browser browser = exchange.browser();
    sessions.close(browser.account().id(), browser.session().id());
    return withoutCookie(Answer.done());
  }

  private Answer everywhere(Exchange exchange) {
    sessions.closeAll(exchange.browser().account().id());
    return withoutCookie(Answer.done());
  }

  private Answer list(Exchange exchange) {
    Caller.Browser browser = exchange.browser();
    UUID current = browser.session().id();
    return Answer.json(
        Items.all(
            sessions.list(browser.account().id()).stream()
                .map(session -> answer(session, current))
                .toList()));
  }

  private Answer password(Exchange exchange) {
    Account account = exchange.browser().account();
    PasswordChange change = exchange.json(PasswordChange.class);
    doorkeeper.changePassword(
        account, change.currentPassword(), change.password(), exchange.address());
    return withoutCookie(Answer.done());
  }

  private Answer withoutCookie(Answer answer) {
    Answer.Header cookie = cookies.clear();
    return answer.with(cookie.name(), cookie.value());
  }

  private static SessionAnswer answer(Session session, UUID current) {
    return new SessionAnswer(
        session.id(),
        session.id().equals(current),
        session.createdAt(),
        session.seenAt(),
        session.expiresAt(),
        session.address(),
        session.agent());
  }

  private static Me me(Principal principal) {
    return new Me(
        principal.actor().kind().name().toLowerCase(Locale.ROOT),
        principal.actor().id(),
        principal.name(),
        principal.role(),
        principal.vendor());
  }
}
