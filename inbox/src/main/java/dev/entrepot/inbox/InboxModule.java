package dev.entrepot.inbox;

import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.connections.InboxConnection;
import dev.entrepot.inbox.connections.OpenConnection;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.hotstore.HotStoreHandler;
import dev.entrepot.inbox.hotstore.PostgresHotStore;
import dev.entrepot.inbox.hotstore.TimesToLive;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.IntakeFigures;
import dev.entrepot.inbox.lanes.AfterDeadLetter;
import dev.entrepot.inbox.lanes.Lanes;
import dev.entrepot.inbox.lanes.Sender;
import dev.entrepot.inbox.lanes.Senders;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.SecretSeal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The inbox, wired over a migrated database. Nothing runs before [#start()].
public final class InboxModule implements AutoCloseable {
  private final Connections connections;
  private final IntakeFigures figures;
  private final EventLog log;
  private final Lanes lanes;
  private final Inbox face;

  /// @param seal of the connections' secrets; the same on every node
  public InboxModule(Database database, SecretSeal seal, Clock clock, InboxSettings settings) {
    connections =
        new Connections(
            database,
            new ActivityLog(database),
            clock,
            seal,
            settings.senders().stream()
                .collect(Collectors.toMap(EventSourceFactory::kind, Function.identity())),
            System::getenv);
    log = new EventLog(database, settings.log());
    figures = new IntakeFigures(database, clock, settings.node());
    List<EventHandler> handlers = new ArrayList<>();
    handlers.add(
        new HotStoreHandler(
            transaction -> PostgresHotStore.within(transaction, clock, TimesToLive.DEFAULT)));
    handlers.addAll(settings.handlers());
    lanes =
        new Lanes(
            database,
            new Leases(database, clock),
            log,
            senders(connections),
            handlers,
            settings.lanes());
    face =
        new Inbox(
            connections,
            new Intake(connections, log, figures, clock),
            figures,
            log,
            PostgresHotStore.over(database, clock, TimesToLive.DEFAULT));
  }

  private static Senders senders(Connections connections) {
    return name -> connections.open(name).filter(OpenConnection::readable).map(InboxModule::sender);
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

  /// What others may use.
  public Inbox face() {
    return face;
  }

  /// Begins to keep events and to hand them on.
  public void start() {
    connections.start();
    figures.start();
    log.start();
    lanes.start();
  }

  /// Takes no more events, writes those that wait, and lets go of the lanes.
  @Override
  public void close() {
    log.close();
    lanes.close();
    figures.close();
    connections.close();
  }
}
