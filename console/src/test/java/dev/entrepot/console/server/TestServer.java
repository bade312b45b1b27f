package dev.entrepot.console.server;

import dev.entrepot.console.TestClient;
import dev.entrepot.console.TestClock;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.idempotency.Idempotency;
import dev.entrepot.console.link.SignedLinks;
import dev.entrepot.console.session.Sessions;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A server with routes of a test.
final class TestServer implements AutoCloseable {
  private static final Actor TEST = Actor.system("test");

  private final Database database = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final Accounts accounts;
  private final Sessions sessions;
  private final ApiKeys apiKeys;
  private final SignedLinks links;
  private final Server server;

  /// @param patience with clients that stop in the middle
  TestServer(Duration patience, Route... routes) {
    ActivityLog activities = new ActivityLog(database);
    URI address = URI.create("http://127.0.0.1");
    this.accounts = new Accounts(database, activities, clock);
    this.sessions = new Sessions(database, clock);
    this.apiKeys = new ApiKeys(database, activities, clock);
    this.links = new SignedLinks(database, address, clock);
    this.server =
        new Server(
            new Server.Settings(
                "127.0.0.1",
                0,
                address,
                TrustedProxies.of(List.of()),
                patience,
                Duration.ofSeconds(2)),
            new Server.Identity(
                accounts,
                sessions,
                apiKeys,
                links,
                new Idempotency(database, clock),
                new Cookies(false)),
            new Json(),
            List.of(routes),
            List.of(),
            new PlainProblemPages());
    server.start();
  }

  int port() {
    return server.port();
  }

  SignedLinks links() {
    return links;
  }

  TestClock clock() {
    return clock;
  }

  TestClient client() {
    return new TestClient(server.port());
  }

  TestClient program(Role role) {
    String key = apiKeys.create(TEST, new ApiKeys.Draft("test", role, null, null)).secret();
    return client().with("Authorization", "Bearer " + key);
  }

  /// A browser with a session, which does not send its token by itself.
  Browser browser(String email) {
    var account =
        accounts.create(
            TEST, new AccountDraft(email, "Test", Role.ADMIN, null, true), "a long enough one");
    Sessions.Opened opened = sessions.open(account.id(), "127.0.0.1", "test");
    return new Browser(
        client().with("Cookie", "entrepot=" + opened.token()), opened.session().csrfToken());
  }

  record Browser(TestClient client, String token) {}

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
