package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.log.LogSettings;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Leases;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Hands on what is due in all lanes, as a node does; a program of its own, so that its heap can be
/// small. Says how many events and bytes it handed on.
final class SmallHeapWorker {
  private SmallHeapWorker() {}

  private record Counter(AtomicLong events, AtomicLong bytes) implements EventHandler {
    @Override
    public String name() {
      return "first";
    }

    @Override
    public boolean wants(String kind, String topic) {
      return true;
    }

    @Override
    public List<Handled> handle(Connection transaction, List<DueEvent> due) {
      due.forEach(event -> {
        events.incrementAndGet();
        bytes.addAndGet(event.message().body().size());
      });
      return due.stream().<Handled>map(_ -> new Handled.Written("counted")).toList();
    }
  }

  public static void main(String[] arguments) {
    DatabaseConfig config = new DatabaseConfig.Given(arguments[0], arguments[1], arguments[2], 4);
    Counter counter = new Counter(new AtomicLong(), new AtomicLong());
    try (Database database = Database.open(config);
        EventLog log = new EventLog(database, LogSettings.DEFAULT)) {
      Leases leases = new Leases(database, Clock.systemUTC());
      LaneWorker worker =
          new LaneWorker(
              new PostgresLaneStore(
                  database, leases, log, new Ledger(database), Duration.ofMinutes(1)),
              LaneStoreContract::sender,
              List.of(counter),
              BackOff.STANDARD,
              new Random(1),
              new LaneStore.ReadLimits(1_000, 256));
      PostgresNodes nodes = new PostgresNodes(database, leases);
      List<LaneLease> lanes =
          nodes.acquire("small", IntStream.range(0, 16).boxed().toList(), Duration.ofHours(1));
      while (worker.round(lanes) != LaneWorker.Result.IDLE) {
        // As long as there is something.
      }
      nodes.release(lanes);
    }
    System.out.println(counter.events() + " events, " + counter.bytes() + " bytes");
  }
}
