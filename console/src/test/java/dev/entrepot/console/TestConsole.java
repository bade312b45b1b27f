package dev.entrepot.console;

import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Account;
import dev.entrepot.console.account.AccountDraft;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.api.ApiDescription;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.link.SignedLinks;
import dev.entrepot.console.pages.Welcome;
import dev.entrepot.flow.FlowModule;
import dev.entrepot.flow.FlowModuleSettings;
import dev.entrepot.flow.Flows;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Trace;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.OnboardingModule;
import dev.entrepot.onboarding.OnboardingSettings;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A whole console on a database of its own and a free port of the loopback address. Every answer
/// of its API is held against the API's description.
public final class TestConsole implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery staple";

  /// Nothing takes as long as this, however busy the machine is.
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  public static final Actor TEST = Actor.system("test");

  private final ApiDescription description = new ApiDescription();
  private final Database database = TestDatabase.fresh();
  private final TestClock clock = new TestClock();
  private final Accounts accounts;
  private final ApiKeys apiKeys;
  private final SignedLinks links;
  private final Path folder;
  private final OnboardingModule onboarding;
  private final InboxModule inbox;
  private final FlowModule flows;
  private final ConsoleServer server;

  /// Whether uploads are read.
  public enum Engine {
    RUNS,
    RESTS
  }

  public TestConsole() {
    this(Engine.RUNS);
  }

  public TestConsole(Engine engine) {
    this(engine, ConsoleServer.Times.DEFAULT);
  }

  /// @param grace how long requests under way may take when the server stops
  public TestConsole(Engine engine, Duration grace) {
    this(engine, new ConsoleServer.Times(grace, ConsoleServer.Times.DEFAULT.slice()));
  }

  /// One of which a request decides on no more rows that wait than it must.
  public static TestConsole inSlices() {
    return new TestConsole(
        Engine.RUNS, new ConsoleServer.Times(ConsoleServer.Times.DEFAULT.grace(), Duration.ZERO));
  }

  private TestConsole(Engine engine, ConsoleServer.Times times) {
    try {
      ActivityLog activities = new ActivityLog(database);
      this.accounts = new Accounts(database, activities, clock);
      this.apiKeys = new ApiKeys(database, activities, clock);
      this.folder = newFolder();
      ConsoleConfig config = ConsoleConfig.local(0, folder);
      this.links = new SignedLinks(database, config.publicUrl(), clock);
      this.onboarding =
          new OnboardingModule(
              database, links, new SecretSeal(new byte[32]), clock, settings(config.dataFolder()));
      this.inbox =
          new InboxModule(
              database,
              SecretSeal.ofKeyFile(folder.resolve("secrets.key")),
              clock,
              InboxSettings.of("test", List.of(new PlainSender(), new WaitingSender()), List.of())
                  .logging(LogSettings.DEFAULT.waiting(Duration.ofMinutes(5)))
                  .withFeeds(List.of(new WaitingSender.Nowhere()))
                  .reaching(WebhookReach.PRIVATE_TOO));
      this.flows =
          new FlowModule(
              database,
              SecretSeal.ofKeyFile(folder.resolve("secrets.key")),
              clock,
              FlowModuleSettings.of("test", folder.resolve("runs")).reading(onboarding.sources()));
      this.server =
          new ConsoleServer(
              config,
              new ConsoleParts(
                  database,
                  onboarding.face(),
                  inbox.face(),
                  flows.face(),
                  new Audit(
                      database,
                      joined(
                          Stream.of(
                              onboarding.auditChecks(), inbox.auditChecks(), flows.auditChecks()))),
                  new Trace(
                      database,
                      new DeadLetters(database),
                      joined(
                          Stream.of(
                              onboarding.traceSources(),
                              inbox.traceSources(),
                              flows.traceSources()))),
                  activities,
                  accounts,
                  apiKeys,
                  links,
                  Welcome.to("Harbour Trading"),
                  clock),
              times);
      if (engine == Engine.RUNS) {
        onboarding.start();
        inbox.start(NodeWork.ALL);
        flows.start();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
  }

  private static <T> List<T> joined(Stream<List<T>> lists) {
    return lists.flatMap(List::stream).toList();
  }

  private static OnboardingSettings settings(Path folder) {
    return new OnboardingSettings(
        folder,
        "test",
        Currency.getInstance("USD"),
        null,
        null,
        WebhookReach.PRIVATE_TOO,
        2,
        OnboardingSettings.RESERVED_BYTES);
  }

  public Inbox inbox() {
    return inbox.face();
  }

  public Flows flows() {
    return flows.face();
  }

  public Onboarding onboarding() {
    return onboarding.face();
  }

  public ApiDescription description() {
    return description;
  }

  /// Where it keeps its files.
  public Path folder() {
    return folder;
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
    return new TestClient(
        server.port(),
        (method, path, reply) -> {
          if (path.startsWith("/api/")) {
            description.check(method, path, reply);
          }
        });
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

  public Vendor vendor(String code) {
    return onboarding.face().vendors().create(TEST, VendorDraft.of(code, "Vendor " + code));
  }

  public void category(String code) {
    onboarding.face().catalogue().createCategory(TEST, code, code, null);
  }

  private static Path newFolder() {
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
    flows.close();
    inbox.close();
    onboarding.close();
    database.close();
  }
}
