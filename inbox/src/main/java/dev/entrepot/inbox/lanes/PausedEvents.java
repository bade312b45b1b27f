package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events that wait because their connection was paused: has them looked at as soon as it is not.
/// Safe for use by many threads and nodes.
public final class PausedEvents {
  private static final Logger LOG = LoggerFactory.getLogger(PausedEvents.class);

  private static final Sql LANES = Sql.of("select lane from inbox_lane");

  private static final Sql DUE =
      Sql.of(
          """
          update inbox_waiting set due_at = clock_timestamp()
          where connection = any(?::text[]) and code = ? and due_at > clock_timestamp()
          """);

  private final Database database;
  private final Runnable changed;

  /// @param changed called when something became due; see [Lanes#wake]
  public PausedEvents(Database database, Runnable changed) {
    this.database = database;
    this.changed = changed;
  }

  /// Has what waits for these connections tried now. Should that fail, it is tried within half a
  /// minute all the same.
  public void goOn(Collection<String> connections) {
    String[] names = connections.toArray(String[]::new);
    try {
      int due =
          database.write(transaction -> {
            // All of them: a worker may have found a connection paused and not settled that yet.
            LetterActs.lock(transaction, LANES.list(transaction, row -> row.int4("lane")));
            return DUE.with(names, Reader.PAUSED).update(transaction);
          });
      LOG.info("connections {} go on, with {} keys that waited", connections, due);
      changed.run();
    } catch (StorageException e) {
      LOG.atLevel(StorageException.levelOf(e))
          .log("what waits for {} goes on within half a minute: {}", connections, e.getMessage());
    }
  }
}
