package dev.entrepot.console.server;

import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKey;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.console.session.Session;
import dev.entrepot.console.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds out who makes a request: by `Authorization: Bearer ek_…`, else by the session's cookie.
final class Authenticator {
  private static final String BEARER = "bearer ";

  private final Accounts accounts;
  private final Sessions sessions;
  private final ApiKeys apiKeys;

  Authenticator(Accounts accounts, Sessions sessions, ApiKeys apiKeys) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.apiKeys = apiKeys;
  }

  /// @throws ProblemException UNAUTHENTICATED when there is an `Authorization` header that is no
  ///   good: it is not ignored in favour of a cookie
  Caller caller(Optional<String> authorization, Optional<String> sessionToken) {
    if (authorization.isPresent()) {
      return new Caller.Program(key(authorization.get()).principal());
    }
    return sessionToken.flatMap(this::browser).orElseGet(Caller.Nobody::new);
  }

  private ApiKey key(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw unauthenticated("the Authorization header is not of the form \"Bearer ek_…\"");
    }
    return apiKeys
        .find(authorization.substring(BEARER.length()).strip())
        .orElseThrow(() ->
            unauthenticated(
                "the API key is unknown, revoked or expired; make a new one or check for typing"
                    + " errors"));
  }

  private Optional<Caller> browser(String token) {
    Optional<Session> session = sessions.find(token);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    Optional<Account> account = accounts.find(session.get().accountId());
    return account
        .filter(Account::active)
        .filter(found -> !session.get().createdAt().isBefore(found.passwordChangedAt()))
        .map(found -> new Caller.Browser(found, session.get()));
  }

  static ProblemException unauthenticated(String detail) {
    return new ProblemException(
        Kind.UNAUTHENTICATED,
        detail,
        List.of(),
        List.of(new Answer.Header("WWW-Authenticate", "Bearer realm=\"Entrepot\"")));
  }
}
