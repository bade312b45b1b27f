package dev.entrepot.console;

import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.link.SignedLinks;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Trace;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole console on a database of its own and a free port of the loopback address.
public final class TestConsole implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery staple";
  private static final Actor TEST = Actor.system("test");

  private final Database database = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final Accounts accounts;
  private final ApiKeys apiKeys;
  private final SignedLinks links;
  private final ConsoleServer server;

  public TestConsole() {
    ActivityLog activities = new ActivityLog(database);
    this.accounts = new Accounts(database, activities, clock);
    this.apiKeys = new ApiKeys(database, activities, clock);
    ConsoleConfig config = ConsoleConfig.local(0, folder());
    this.links = new SignedLinks(database, config.publicUrl(), clock);
    this.server =
        new ConsoleServer(
            config,
            new ConsoleParts(
                database,
                new Audit(database, List.of()),
                new Trace(database, new DeadLetters(database), List.of()),
                activities,
                accounts,
                apiKeys,
                links,
                clock));
    server.start();
  }

  public ConsoleServer server() {
    return server;
  }

  public Database database() {
    return database;
  }

  public TestClock clock() {
    return clock;
  }

  public Accounts accounts() {
    return accounts;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  public SignedLinks links() {
    return links;
  }

  /// Somebody who is not signed in.
  public TestClient client() {
    return new TestClient(server.port());
  }

  /// A program with a key of a role.
  public TestClient program(Role role, @Nullable String vendor) {
    String key =
        apiKeys.create(TEST, new ApiKeys.Draft("a test's key", role, vendor, null)).secret();
    return client().with("Authorization", "Bearer " + key);
  }

  public Account account(String email, Role role, @Nullable String vendor) {
    return accounts.create(TEST, new AccountDraft(email, "Test", role, vendor, true), PASSWORD);
  }

  public void vendor(String code) {
    int _ =
        database.write(connection ->
            Sql.of(
                    """
                    insert into vendor (code, name, status, currency, known_key, approval,
                      max_file_bytes, max_file_rows, max_uploads_per_day, max_rows_per_day,
                      phone_region)
                    values (?, ?, 'active', 'USD', 'reject', 'automatic', 10000000, 10000, 100,
                      100000, 'US')
                    """)
                .with(code, code)
                .update(connection));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target", "test-consoles")), "console-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
