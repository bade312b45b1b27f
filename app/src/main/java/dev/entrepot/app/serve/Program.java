package dev.entrepot.app.serve;

import dev.entrepot.app.settings.Settings;
import dev.entrepot.app.settings.SettingsException;
import dev.entrepot.app.tracing.RunTraces;
import dev.entrepot.cli.api.ServerFile;
import dev.entrepot.console.ConsoleConfig;
import dev.entrepot.console.ConsoleParts;
import dev.entrepot.console.ConsoleServer;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.link.SignedLinks;
import dev.entrepot.console.pages.Welcome;
import dev.entrepot.flow.FlowModule;
import dev.entrepot.flow.FlowModuleSettings;
import dev.entrepot.flow.Flows;
import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.NodeWork;
import dev.entrepot.inbox.alerts.OwnAlerts;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Trace;
import dev.entrepot.onboarding.OnboardingModule;
import dev.entrepot.onboarding.OnboardingSettings;
import dev.entrepot.onboarding.notices.NoticeOutbox;
import dev.entrepot.onboarding.notices.OtherSecrets;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.topic.TopicPublisher;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseStatus;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entrepot as a whole, running: storage, ledger, onboarding and console, put together here and
/// nowhere else. Closing stops them in reverse order; what was under way goes on at the next start.
public final class Program implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Program.class);
  private static final int FILES_AT_ONCE = 2;

  private final Parts parts = new Parts();
  private final Settings settings;
  private final Database database;
  private final Accounts accounts;
  private final ConsoleServer console;
  private final Flows flows;
  private final URI address;
  private final String localKey;

  /// Starts everything and returns when it answers.
  ///
  /// @throws StartException saying what keeps it from starting; then nothing is left running
  public static Program start(Settings settings, Clock clock) {
    return start(settings, clock, Welcome.to("Entrepot"));
  }

  /// Starts everything, as [#start(Settings, Clock)] does, with another welcome on the page of
  /// sign-in.
  public static Program start(Settings settings, Clock clock, Welcome welcome) {
    try {
      return new Program(settings, clock, welcome);
    } catch (StorageException | SettingsException | IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StartException(
          settings.dataFolder() + " cannot be used (" + e + "); see: entrepot doctor", e);
    } catch (IllegalStateException e) {
      throw new StartException(e.getMessage() + "; see: entrepot doctor", e);
    }
  }

  private Program(Settings settings, Clock clock, Welcome welcome) throws IOException {
    this.settings = settings;
    boolean started = false;
    try {
      DataFolder folder = parts.add("the data folder", take(settings.dataFolder()));
      database = parts.add("the database", Database.open(settings.database()));
      database.migrate();
      int port = settings.port() == 0 ? freePort() : settings.port();
      address = URI.create("http://" + reachable(settings.host()) + ":" + port);
      URI publicUrl = settings.publicUrl().orElse(address);

      SecretSeal seal = settings.secretSeal();
      SealedSecrets.unopened(database, seal).forEach(LOG::warn);
      SignedLinks links = new SignedLinks(database, publicUrl, clock);
      AlertNotices notices =
          new AlertNotices(
              new NoticeOutbox(links, clock), publicUrl, clock, settings.mail().isPresent());
      InboxModule inbox =
          parts.add(
              "the inbox",
              new InboxModule(
                  database,
                  seal,
                  clock,
                  InboxSettings.of(
                          folder.node(), found(EventSourceFactory.class), found(EventHandler.class))
                      .keeping(settings.inboxSlice(), settings.inboxRetention())
                      .withFeeds(found(EventFeedFactory.class))
                      .reaching(settings.webhookReach())
                      .alerting(notices)));
      OnboardingModule onboarding =
          parts.add(
              "onboarding",
              new OnboardingModule(
                  database,
                  links,
                  seal,
                  clock,
                  onboarding(settings, folder.node(), inbox.face().alertRecipients()::secret)));
      String node = folder.node();
      Optional<RunTraces> traces =
          settings.otlpEndpoint().map(endpoint -> RunTraces.to(endpoint, node));
      traces.ifPresent(some -> parts.add("the traces", some));
      FlowModule flows =
          parts.add(
              "the flows",
              new FlowModule(
                  database,
                  seal,
                  clock,
                  FlowModuleSettings.of(folder.node(), settings.dataFolder().resolve("runs"))
                      .keeping(settings.runRetention())
                      .reading(onboarding.sources())
                      .observedBy(traces.stream().toList())
                      .alerting(
                          new RunAlerts(
                              new OwnAlerts(
                                  database, inbox.face().alertRecipients(), notices, clock)))));
      this.flows = flows.face();
      inbox
          .alertTenants()
          .also(() ->
              database.read(flows.face().config().clients()::all).stream()
                  .map(client -> client.config().id())
                  .toList());
      ActivityLog activities = new ActivityLog(database);
      accounts = new Accounts(database, activities, clock);
      ApiKeys apiKeys = new ApiKeys(database, activities, clock);
      localKey = apiKeys.createForThisProcess("commands on this machine", Role.ADMIN);
      console =
          parts.add(
              "the console",
              new ConsoleServer(
                  new ConsoleConfig(
                      settings.host(),
                      port,
                      publicUrl,
                      settings.dataFolder(),
                      settings.trustedProxies()),
                  new ConsoleParts(
                      database,
                      onboarding.face(),
                      inbox.face(),
                      flows.face(),
                      new Audit(
                          database,
                          joined(
                              Stream.of(
                                  onboarding.auditChecks(),
                                  inbox.auditChecks(),
                                  flows.auditChecks()))),
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
                      welcome,
                      clock)));
      inbox.start(settings.nodeWork());
      if (settings.nodeWork() == NodeWork.ALL) {
        flows.start();
      }
      console.start();
      onboarding.start();
      parts.add("the look at idle memory", new IdleMemory()).start();
      started = true;
    } finally {
      if (!started) {
        parts.close();
      }
    }
    LOG.info("answers at {}", address);
  }

  /// What the jars on the class path offer.
  private static <T> List<T> found(Class<T> type) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static <T> List<T> joined(Stream<List<T>> lists) {
    return lists.flatMap(List::stream).toList();
  }

  private static DataFolder take(Path path) throws IOException {
    return DataFolder.take(path)
        .orElseThrow(() ->
            new StartException(
                StartException.Reason.IN_USE,
                path
                    + " is in use by another Entrepot; stop that one, or name another folder with"
                    + " --data"));
  }

  private static OnboardingSettings onboarding(
      Settings settings, String node, OtherSecrets otherSecrets) {
    return new OnboardingSettings(
        settings.dataFolder(),
        node,
        settings.currency(),
        settings.watchedFolder().orElse(null),
        settings.mail().orElse(null),
        settings.webhookReach(),
        otherSecrets,
        new Topics(found(TopicPublisher.class)),
        FILES_AT_ONCE,
        OnboardingSettings.RESERVED_BYTES,
        OnboardingSettings.KEY_BYTES_IN_MEMORY);
  }

  /// Links need the port before the server has one.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The address a program on this machine uses for a host that is listened on.
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
      default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    };
  }

  /// Clients and their runs.
  public Flows flows() {
    return flows;
  }

  /// Lets commands on this machine find this server, until it is closed.
  public void announce() throws IOException {
    ServerFile file = new ServerFile(address, ProcessHandle.current().pid(), localKey);
    file.write(settings.dataFolder());
    parts.add("server.json", () -> file.delete(settings.dataFolder()));
  }

  /// Where it answers, as seen from this machine.
  public URI address() {
    return address;
  }

  /// A key that may do everything, good while this program runs.
  public String localKey() {
    return localKey;
  }

  /// Whether anybody can sign in yet.
  public boolean hasAccounts() {
    return accounts.any();
  }

  public DatabaseStatus database() {
    return database.status();
  }

  @Override
  public void close() {
    parts.close();
  }
}
