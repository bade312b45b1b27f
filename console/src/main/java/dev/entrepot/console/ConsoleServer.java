package dev.entrepot.console;

import dev.entrepot.console.api.AlertRulesApi;
import dev.entrepot.console.api.AlertsApi;
import dev.entrepot.console.api.ApiKeysApi;
import dev.entrepot.console.api.ApprovalsApi;
import dev.entrepot.console.api.CategoriesApi;
import dev.entrepot.console.api.DeadLettersApi;
import dev.entrepot.console.api.DeliveriesApi;
import dev.entrepot.console.api.DestinationsApi;
import dev.entrepot.console.api.EntitiesApi;
import dev.entrepot.console.api.FiguresApi;
import dev.entrepot.console.api.HeldKeysApi;
import dev.entrepot.console.api.InboxConnectionsApi;
import dev.entrepot.console.api.InboxEventsApi;
import dev.entrepot.console.api.InboxFiguresApi;
import dev.entrepot.console.api.KnownParameters;
import dev.entrepot.console.api.LedgerApi;
import dev.entrepot.console.api.MappingsApi;
import dev.entrepot.console.api.MissedEventsApi;
import dev.entrepot.console.api.NoticesApi;
import dev.entrepot.console.api.PrivacyApi;
import dev.entrepot.console.api.ProductsApi;
import dev.entrepot.console.api.RatesApi;
import dev.entrepot.console.api.RefusedFilesApi;
import dev.entrepot.console.api.ReplaysApi;
import dev.entrepot.console.api.RulesApi;
import dev.entrepot.console.api.SessionApi;
import dev.entrepot.console.api.SystemApi;
import dev.entrepot.console.api.TemplateApi;
import dev.entrepot.console.api.TimesToLiveApi;
import dev.entrepot.console.api.UploadRowsApi;
import dev.entrepot.console.api.UploadsApi;
import dev.entrepot.console.api.UsersApi;
import dev.entrepot.console.api.VendorsApi;
import dev.entrepot.console.api.flow.ClientAnswers;
import dev.entrepot.console.api.flow.FlowClientsApi;
import dev.entrepot.console.api.flow.FlowMappingsApi;
import dev.entrepot.console.api.flow.FlowRunsApi;
import dev.entrepot.console.api.flow.FlowSecretsApi;
import dev.entrepot.console.api.flow.FlowSystemsApi;
import dev.entrepot.console.api.flow.FlowTrialsApi;
import dev.entrepot.console.api.flow.FlowWorkspaceApi;
import dev.entrepot.console.api.flow.MetricsApi;
import dev.entrepot.console.api.flow.RunRecordsApi;
import dev.entrepot.console.hooks.Hooks;
import dev.entrepot.console.idempotency.Idempotency;
import dev.entrepot.console.live.RunEventsApi;
import dev.entrepot.console.live.UploadEventsApi;
import dev.entrepot.console.live.UploadFeed;
import dev.entrepot.console.pages.Pages;
import dev.entrepot.console.server.Cookies;
import dev.entrepot.console.server.Json;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.server.Server;
import dev.entrepot.console.server.Spool;
import dev.entrepot.console.server.StaticFiles;
import dev.entrepot.console.server.TrustedProxies;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Sessions;
import dev.entrepot.console.view.Assets;
import dev.entrepot.flow.Flows;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.onboarding.Onboarding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The HTTP API and the web pages, over the faces of the other modules. Started once, closed once.
///
/// ```java
/// try (ConsoleServer console = new ConsoleServer(config, parts)) {
///   console.start();
/// }
/// ```
public final class ConsoleServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// How long something may take.
  ///
  /// @param grace requests under way, when the server stops
  /// @param slice one request of a decision on very many rows
  record Times(Duration grace, Duration slice) {
    static final Times DEFAULT = new Times(Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  private final Server server;
  private final UploadFeed feed;
  private final RunEventsApi runEvents;
  private final Housekeeping housekeeping;
  private final List<Route> routes;

  /// @throws IOException when the data folder cannot be written to
  public ConsoleServer(ConsoleConfig config, ConsoleParts parts) throws IOException {
    this(config, parts, Times.DEFAULT);
  }

  ConsoleServer(ConsoleConfig config, ConsoleParts parts, Times times) throws IOException {
    Json json = new Json();
    Cookies cookies = new Cookies("https".equals(config.publicUrl().getScheme()));
    Sessions sessions = new Sessions(parts.database(), parts.clock());
    Idempotency idempotency = new Idempotency(parts.database(), parts.clock());
    Doorkeeper doorkeeper = new Doorkeeper(parts.accounts(), sessions, parts.clock());
    Spool spool = new Spool(config.dataFolder().resolve("outgoing"));
    this.feed = new UploadFeed(parts.onboarding().uploads());
    this.runEvents = new RunEventsApi(parts.flows(), parts.clock(), json);
    List<Route> all = new ArrayList<>();
    all.addAll(new SystemApi(parts.database(), version(), json).routes());
    all.addAll(new SessionApi(sessions, doorkeeper, cookies).routes());
    all.addAll(new UsersApi(parts.accounts(), sessions, doorkeeper).routes());
    all.addAll(new ApiKeysApi(parts.apiKeys()).routes());
    all.addAll(
        new LedgerApi(
                parts.trace(), parts.onboarding().uploads(), parts.audit(), parts.activities())
            .routes());
    all.addAll(onboarding(parts, spool, json));
    all.addAll(inbox(parts));
    all.addAll(flows(parts));
    all.addAll(runEvents.routes());
    Assets assets = Assets.load();
    all.addAll(new StaticFiles(assets).routes());
    Pages pages =
        pages(
            config,
            parts,
            new Pages.Doors(parts.accounts(), parts.apiKeys(), sessions, doorkeeper, cookies),
            assets,
            times.slice());
    all.addAll(pages.routes());
    this.routes = new KnownParameters().guard(all);
    this.housekeeping = new Housekeeping(sessions, idempotency);
    this.server =
        new Server(
            new Server.Settings(
                config.host(),
                config.port(),
                config.publicUrl(),
                TrustedProxies.of(config.trustedProxies()),
                PATIENCE,
                times.grace()),
            new Server.Identity(
                parts.accounts(), sessions, parts.apiKeys(), parts.links(), idempotency, cookies),
            json,
            routes,
            List.of(new Hooks(parts.inbox().intake(), Hooks.Limits.DEFAULT)),
            pages.problemPages());
  }

  private static Pages pages(
      ConsoleConfig config, ConsoleParts parts, Pages.Doors doors, Assets assets, Duration slice) {
    return new Pages(
        new Pages.Faces(
            parts.onboarding(),
            parts.inbox(),
            parts.flows(),
            parts.trace(),
            parts.audit(),
            parts.activities(),
            parts.database()),
        doors,
        new Pages.Site(parts.welcome(), config.publicUrl(), version(), slice),
        assets,
        parts.clock());
  }

  private List<Route> onboarding(ConsoleParts parts, Spool spool, Json json) {
    Onboarding onboarding = parts.onboarding();
    List<Route> all = new ArrayList<>();
    all.addAll(new UploadsApi(onboarding.uploads(), onboarding.mappings()).routes());
    all.addAll(new RefusedFilesApi(onboarding.refusedFiles()).routes());
    all.addAll(new UploadRowsApi(onboarding.uploads(), spool).routes());
    all.addAll(new UploadEventsApi(onboarding.uploads(), feed, json).routes());
    all.addAll(new ApprovalsApi(onboarding.uploads()).routes());
    all.addAll(new VendorsApi(onboarding.vendors()).routes());
    all.addAll(new CategoriesApi(onboarding.catalogue()).routes());
    all.addAll(new RatesApi(onboarding.catalogue()).routes());
    all.addAll(new ProductsApi(onboarding.catalogue(), spool, json).routes());
    all.addAll(new MappingsApi(onboarding.mappings(), onboarding.mappingPreview()).routes());
    all.addAll(new RulesApi(onboarding.rules()).routes());
    all.addAll(new FiguresApi(onboarding.uploads(), parts.clock()).routes());
    all.addAll(new NoticesApi(onboarding.notices()).routes());
    all.addAll(new TemplateApi().routes());
    return all;
  }

  private static List<Route> inbox(ConsoleParts parts) {
    Inbox inbox = parts.inbox();
    List<Route> all = new ArrayList<>();
    all.addAll(new InboxConnectionsApi(inbox).routes());
    all.addAll(new InboxEventsApi(inbox).routes());
    all.addAll(new DeadLettersApi(inbox).routes());
    all.addAll(new HeldKeysApi(inbox).routes());
    all.addAll(new ReplaysApi(inbox).routes());
    all.addAll(new InboxFiguresApi(inbox, parts.clock()).routes());
    all.addAll(new EntitiesApi(inbox, parts.clock()).routes());
    all.addAll(new DestinationsApi(inbox).routes());
    all.addAll(new MissedEventsApi(inbox).routes());
    all.addAll(new DeliveriesApi(inbox).routes());
    all.addAll(new AlertsApi(inbox, parts.onboarding().notices()).routes());
    all.addAll(new AlertRulesApi(inbox).routes());
    all.addAll(new PrivacyApi(inbox).routes());
    all.addAll(new TimesToLiveApi(inbox).routes());
    return all;
  }

  private static List<Route> flows(ConsoleParts parts) {
    Flows flows = parts.flows();
    List<Route> all = new ArrayList<>();
    all.addAll(new FlowSystemsApi(flows.config().systems()).routes());
    all.addAll(
        new FlowClientsApi(flows, new ClientAnswers(flows, parts.database(), parts.clock()))
            .routes());
    all.addAll(new FlowSecretsApi(flows).routes());
    all.addAll(new FlowMappingsApi(flows).routes());
    all.addAll(new FlowTrialsApi(flows).routes());
    all.addAll(new FlowRunsApi(flows, parts.clock()).routes());
    all.addAll(new RunRecordsApi(flows).routes());
    all.addAll(new FlowWorkspaceApi(flows).routes());
    all.addAll(new MetricsApi(flows, parts.inbox()).routes());
    return all;
  }

  /// Begins to answer requests.
  ///
  /// @throws IllegalStateException when the address cannot be listened on; the message says so
  public void start() {
    server.start();
    housekeeping.start();
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// All that it answers to.
  public List<Route> routes() {
    return routes;
  }

  /// Takes no more requests and waits ten seconds for those under way. Event streams end at once.
  @Override
  public void close() {
    housekeeping.close();
    feed.close();
    runEvents.close();
    server.close();
  }

  private static String version() {
    String version = ConsoleServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
