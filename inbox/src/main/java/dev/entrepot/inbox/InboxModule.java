package dev.entrepot.inbox;

import dev.entrepot.inbox.alerts.AlertHandler;
import dev.entrepot.inbox.alerts.AlertRecipients;
import dev.entrepot.inbox.alerts.AlertRules;
import dev.entrepot.inbox.alerts.AlertTenants;
import dev.entrepot.inbox.alerts.Alerts;
import dev.entrepot.inbox.chores.Chore;
import dev.entrepot.inbox.chores.ChoreLog;
import dev.entrepot.inbox.chores.Chores;
import dev.entrepot.inbox.chores.ClockCheck;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.delivery.Deliveries;
import dev.entrepot.inbox.delivery.DeliveryAudit;
import dev.entrepot.inbox.delivery.DeliveryHandler;
import dev.entrepot.inbox.delivery.DeliverySender;
import dev.entrepot.inbox.delivery.DeliveryTrace;
import dev.entrepot.inbox.delivery.Destinations;
import dev.entrepot.inbox.delivery.MissedEvents;
import dev.entrepot.inbox.delivery.UndeliveredSlices;
import dev.entrepot.inbox.feeds.Feeds;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.hotstore.HotStoreHandler;
import dev.entrepot.inbox.hotstore.PostgresHotStore;
import dev.entrepot.inbox.hotstore.TimeToLiveTable;
import dev.entrepot.inbox.hotstore.TimesToLive;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.IntakeFigures;
import dev.entrepot.inbox.lanes.AfterDeadLetter;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.EventStates;
import dev.entrepot.inbox.lanes.LaneAudit;
import dev.entrepot.inbox.lanes.LaneTrace;
import dev.entrepot.inbox.lanes.Lanes;
import dev.entrepot.inbox.lanes.Leftovers;
import dev.entrepot.inbox.lanes.MovedEvents;
import dev.entrepot.inbox.lanes.PausedEvents;
import dev.entrepot.inbox.lanes.Replays;
import dev.entrepot.inbox.lanes.Sender;
import dev.entrepot.inbox.lanes.Senders;
import dev.entrepot.inbox.lanes.UnfinishedSlices;
import dev.entrepot.inbox.lanes.WaitingAges;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.SliceKeeper;
import dev.entrepot.inbox.privacy.PrivacyHandler;
import dev.entrepot.inbox.privacy.PrivacyOffice;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.SecretSeal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The inbox, wired over a migrated database. Nothing runs before [#start(NodeWork)].
public final class InboxModule implements AutoCloseable {
  private final ActivityLog activities;
  private final Connections connections;
  private final IntakeFigures figures;
  private final WaitingAges ages;
  private final EventLog log;
  private final SliceKeeper slices;
  private final Lanes lanes;
  private final Feeds feeds;
  private final DeliverySender deliveries;
  private final AlertTenants alertTenants;
  private final Inbox face;
  private final Chores chores;

  /// @param seal of the secrets of connections and destinations; the same on every node
  public InboxModule(Database database, SecretSeal seal, Clock clock, InboxSettings settings) {
    activities = new ActivityLog(database);
    connections =
        new Connections(
            database,
            activities,
            clock,
            seal,
            Feeds.senders(settings.senders(), settings.feeds()).stream()
                .collect(Collectors.toMap(EventSourceFactory::kind, Function.identity())),
            System::getenv);
    log = new EventLog(database, settings.log());
    Leases leases = new Leases(database, clock);
    slices =
        new SliceKeeper(
            database,
            leases,
            settings.node(),
            settings.log(),
            List.of(UnfinishedSlices::needed, UndeliveredSlices::needed));
    figures = new IntakeFigures(database, clock, settings.node(), settings.log().retention());
    ages = new WaitingAges(database, clock, settings.node(), settings.log().retention());
    alertTenants = new AlertTenants(database);
    AlertRecipients recipients =
        new AlertRecipients(
            database,
            activities,
            alertTenants,
            seal,
            clock,
            settings.deliveries().reach(),
            settings.alerts());
    AlertRules rules = new AlertRules(database, activities, alertTenants, clock);
    connections.onGiven(
        (transaction, actor, _, _, tenant) -> rules.addUsual(transaction, actor, tenant));
    connections.onGiven((transaction, _, connection, former, tenant) -> {
      if (former != null) {
        MovedEvents.move(transaction, connection, tenant);
      }
    });
    TimesToLive times = TimesToLive.DEFAULT.outlasting(settings.log().retention());
    List<EventHandler> handlers = handlers(log, clock, settings, recipients, times);
    Senders senders = senders(connections);
    lanes = new Lanes(database, leases, log, senders, handlers, settings.lanes());
    PausedEvents paused = new PausedEvents(database, lanes::wake);
    connections.onResumed(paused::goOn);
    EventStates states = new EventStates(database, log);
    Intake intake = new Intake(connections, log, figures, clock);
    feeds = new Feeds(database, connections, intake, clock, settings.node());
    WebhookPoster poster =
        new WebhookPoster(settings.deliveries().reach(), clock, settings.deliveries().patience());
    Destinations destinations =
        new Destinations(
            database,
            activities,
            clock,
            seal,
            System::getenv,
            settings.deliveries().reach(),
            poster);
    deliveries =
        new DeliverySender(
            database,
            leases,
            log,
            destinations,
            poster,
            clock,
            settings.deliveries(),
            lanes::nodes);
    face =
        new Inbox(
            connections,
            intake,
            feeds,
            figures,
            log,
            states,
            ages,
            new DeadLetterDesk(database, log, new Ledger(database), activities, lanes::wake),
            new Replays(database, log, activities, senders, handlers, lanes::wake),
            PostgresHotStore.over(database, clock, times),
            new TimeToLiveTable(database, activities, times),
            new Alerts(database, activities, clock),
            rules,
            recipients,
            PrivacyOffice.of(
                database,
                activities,
                log,
                connections,
                transaction -> PostgresHotStore.within(transaction, clock, times),
                settings.erasers(),
                clock),
            destinations,
            new Deliveries(database, log, activities, clock, deliveries::wake),
            new MissedEvents(database, log, activities),
            new ChoreLog(database));
    ClockCheck clocks = new ClockCheck(database, clock);
    chores = new Chores(database, leases, settings.node(), chores(database, clocks, face, paused));
  }

  private static List<Chore> chores(
      Database database, ClockCheck clocks, Inbox face, PausedEvents paused) {
    return List.of(
        new Chore("privacy", Duration.ofSeconds(10), goOn -> face.privacy().carryOut(goOn)),
        clocks.guard(
            Chore.inBatches("privacy-documents", Duration.ofHours(1), face.privacy()::expire)),
        clocks.guard(Chore.inBatches("hot-store", Duration.ofMinutes(1), face.hotStore()::expire)),
        clocks.guard(Chore.inBatches("alert-failures", Duration.ofHours(1), face.alerts()::expire)),
        Chore.inBatches(
            "leftovers", Duration.ofHours(1), limit -> Leftovers.remove(database, limit)),
        new Chore(
            "paused-connections",
            Duration.ofMinutes(1),
            _ -> paused.goOnBut(name -> isPaused(face.connections(), name))),
        Chore.inBatches(
            "removed-connections", Duration.ofHours(1), face.connections()::forgetRemoved));
  }

  private static boolean isPaused(Connections connections, String name) {
    return connections
        .known(name)
        .filter(open -> open.connection().state() == InboxConnection.State.PAUSED)
        .isPresent();
  }

  /// Each is given every event that it wants, in this order.
  private static List<EventHandler> handlers(
      EventLog log,
      Clock clock,
      InboxSettings settings,
      AlertRecipients recipients,
      TimesToLive times) {
    List<EventHandler> handlers = new ArrayList<>();
    handlers.add(
        new HotStoreHandler(transaction -> PostgresHotStore.within(transaction, clock, times)));
    handlers.add(new AlertHandler(recipients.sink(settings.alerts()), clock));
    handlers.add(new PrivacyHandler());
    handlers.add(new DeliveryHandler(log));
    handlers.addAll(settings.handlers());
    return handlers;
  }

  private static Senders senders(Connections connections) {
    return name ->
        connections.sought(name).filter(OpenConnection::readable).map(InboxModule::sender);
  }

  private static Sender sender(OpenConnection open) {
    InboxConnection connection = open.connection();
    return new Sender(
        connection.tenant(),
        connection.kind(),
        open.source(),
        switch (connection.deadLetters()) {
          case RELEASE -> AfterDeadLetter.RELEASE;
          case PARK -> AfterDeadLetter.PARK;
        },
        switch (connection.state()) {
          case PAUSED -> Sender.Flow.PAUSED;
          case ENABLED, DISABLED -> Sender.Flow.RUNNING;
        });
  }

  /// Whose alerts there can be.
  public AlertTenants alertTenants() {
    return alertTenants;
  }

  /// What others may use.
  public Inbox face() {
    return face;
  }

  /// What an audit recomputes of the inbox.
  public List<AuditCheck> auditChecks() {
    return Stream.concat(LaneAudit.checks().stream(), DeliveryAudit.checks().stream()).toList();
  }

  /// What is known here of a key.
  public List<TraceSource> traceSources() {
    return List.of(
        new LaneTrace(face.states(), activities),
        new DeliveryTrace(log),
        new EntityTrace(log, connections, face.hotStore()));
  }

  /// Begins to keep events and, unless other nodes are to, to hand them on and to deliver them.
  public void start(NodeWork work) {
    connections.start();
    figures.start();
    ages.start();
    log.start();
    slices.start();
    feeds.start();
    if (work == NodeWork.ALL) {
      lanes.start();
      deliveries.start();
      chores.start();
    }
  }

  /// Takes no more events, writes those that wait, and lets go of the lanes.
  @Override
  public void close() {
    feeds.close();
    chores.close();
    slices.close();
    log.close();
    lanes.close();
    deliveries.close();
    ages.close();
    figures.close();
    connections.close();
  }
}
