package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The accounts of others, for administrators.
public final class UsersApi {
  private static final Access ADMINISTRATORS = Access.needs(Permission.MANAGE_ACCESS);

  private record NewUser(
      String email,
      String name,
      Role role,
      @Nullable String vendor,
      @Nullable Boolean active,
      String password) {}

  /// A user as it was read, changed. What cannot be changed may be there and is not looked at.
  private record ChangedUser(
      @Nullable UUID id,
      String email,
      String name,
      Role role,
      @Nullable String vendor,
      boolean active,
      @Nullable Instant lockedUntil,
      @Nullable Instant createdAt,
      @Nullable Instant lastSignInAt,
      @Nullable Instant passwordChangedAt,
      @Nullable Integer version) {}

  private record NewPassword(String password) {}

  private record Ended(int sessions) {}

  private final Accounts accounts;
  private final Sessions sessions;
  private final Doorkeeper doorkeeper;

  public UsersApi(Accounts accounts, Sessions sessions, Doorkeeper doorkeeper) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.doorkeeper = doorkeeper;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/users"), "listUsers", ADMINISTRATORS, this::list),
        Route.post(ApiPath.of("/users"), "createUser", ADMINISTRATORS, this::create).replayed(),
        Route.get(ApiPath.of("/users/{id}"), "getUser", ADMINISTRATORS, this::get),
        Route.put(ApiPath.of("/users/{id}"), "updateUser", ADMINISTRATORS, this::update),
        Route.post(
            ApiPath.of("/users/{id}/password"), "setUserPassword", ADMINISTRATORS, this::password),
        Route.post(ApiPath.of("/users/{id}/sign-out"), "signUserOut", ADMINISTRATORS, this::signOut)
            .taking(Body.none()));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(Items.all(accounts.list()));
  }

  private Answer create(Exchange exchange) {
    NewUser user = exchange.json(NewUser.class);
    boolean active = user.active() == null || user.active();
    Account account =
        accounts.create(
            exchange.principal().actor(),
            new AccountDraft(user.email(), user.name(), user.role(), user.vendor(), active),
            user.password());
    return Answer.created(ApiPath.of("/users/" + account.id()), account)
        .with("ETag", Version.tag(account.version()));
  }

  private Answer get(Exchange exchange) {
    return tagged(find(exchange));
  }

  private Answer update(Exchange exchange) {
    ChangedUser user = exchange.json(ChangedUser.class);
    Account account =
        doorkeeper.update(
            exchange.principal().actor(),
            exchange.uuid("id"),
            new AccountDraft(user.email(), user.name(), user.role(), user.vendor(), user.active()),
            Version.of(exchange, user.version()));
    return tagged(account);
  }

  private Answer password(Exchange exchange) {
    accounts.setPassword(
        exchange.principal().actor(),
        exchange.uuid("id"),
        exchange.json(NewPassword.class).password());
    return tagged(find(exchange));
  }

  private Answer signOut(Exchange exchange) {
    return Answer.json(new Ended(sessions.closeAll(find(exchange).id())));
  }

  private Account find(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return accounts
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound("there is no user " + id + "; list them to see their ids"));
  }

  private static Answer tagged(Account account) {
    return Answer.json(account).with("ETag", Version.tag(account.version()));
  }
}
