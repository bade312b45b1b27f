package dev.entrepot.inbox.chores;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.time.Duration;
import java.util.List;

/// What was done lately. Safe for use by many threads.
public final class ChoreLog {
  private static final Sql LAST = Sql.of("select * from inbox_chore order by name");

  private final Database database;

  public ChoreLog(Database database) {
    this.database = database;
  }

  /// The last run of each chore, by name; of those that were never run there is none.
  public List<ChoreRun> last() {
    return database.read(connection -> LAST.list(connection, ChoreLog::run));
  }

  private static ChoreRun run(Row row) {
    return new ChoreRun(
        row.text("name"),
        row.text("node"),
        row.instant("started_at"),
        Duration.between(row.instant("started_at"), row.instant("finished_at")),
        row.int8("done"),
        row.textOrNull("problem"),
        row.int8("total"));
  }
}
