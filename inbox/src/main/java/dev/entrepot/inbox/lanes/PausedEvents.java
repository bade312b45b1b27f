package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
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

  private static final Sql CONNECTIONS =
      Sql.of(
          """
          select distinct connection from inbox_waiting
          where code = ? and due_at > clock_timestamp()
          """);

  private final Database database;
  private final Runnable changed;

  /// @param changed called when something became due; see [Lanes#wake]
  public PausedEvents(Database database, Runnable changed) {
    this.database = database;
    this.changed = changed;
  }

  /// Has what waits for connections tried now that are not paused any more: no node may have seen
  /// them go on, or none could tell.
  ///
  /// @param paused whether a connection is
  /// @return how many connections there were
  public long goOnBut(Predicate<String> paused) {
    List<String> waiting =
        database.read(connection ->
            CONNECTIONS.with(Reader.PAUSED).list(connection, row -> row.text("connection")));
    List<String> missed = waiting.stream().filter(paused.negate()).toList();
    if (!missed.isEmpty()) {
      goOn(missed);
    }
    return missed.size();
  }

  /// Has what waits for these connections tried now. Should that fail, it is tried some minutes
  /// later all the same.
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
          .log("what waits for {} goes on some minutes later: {}", connections, e.getMessage());
    }
  }
}
