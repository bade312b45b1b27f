package dev.entrepot.inbox.log;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads all lanes of a log to their end, as a worker does; a program of its own, so that its heap
/// can be small. Says how many events and bytes it read.
final class SmallHeap {
  private SmallHeap() {}

  public static void main(String[] arguments) {
    DatabaseConfig config = new DatabaseConfig.Given(arguments[0], arguments[1], arguments[2], 2);
    long events = 0;
    long bytes = 0;
    try (Database database = Database.open(config);
        EventLog log = new EventLog(database, LogSettings.DEFAULT)) {
      Map<Integer, Long> after = new HashMap<>();
      for (int lane = 0; lane < log.lanes(); lane++) {
        after.put(lane, 0L);
      }
      List<LoggedEvent> some = read(database, log, after);
      while (!some.isEmpty()) {
        for (LoggedEvent event : some) {
          events++;
          bytes += event.body().size();
          after.put(event.lane(), event.position());
        }
        some = read(database, log, after);
      }
    }
    System.out.println(events + " events, " + bytes + " bytes");
  }

  private static List<LoggedEvent> read(Database database, EventLog log, Map<Integer, Long> after) {
    return database.read(connection -> log.read(connection, after, log.horizon(connection), 1_000));
  }
}
