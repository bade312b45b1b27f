package dev.entrepot.inbox.log;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;

/// Drops partitions of the tables in `inbox_sliced`. Each is detached first in a way that keeps
/// neither writers nor readers waiting; what a node that died left half done is gone on with.
final class Partitions {
  // By name, not by inheritance: what is detached already must go, too.
  private static final Sql OLD =
      Sql.of(
          """
          select s.table_name as parent, c.relname as name,
            i.inhrelid is not null as attached, coalesce(i.inhdetachpending, false) as pending
          from inbox_sliced s
          join pg_class c on c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
            and c.relname ~ ('^' || s.table_name || '_[0-9]+$')
          left join pg_inherits i on i.inhrelid = c.oid
          where substring(c.relname from '[0-9]+$')::int < ? / s.width
          order by c.relname
          """);

  private record Partition(String parent, String name, boolean attached, boolean pending) {}

  private Partitions() {}

  /// @param connection outside of a transaction
  /// @return how many tables were dropped
  static int drop(Connection connection, int firstKept) {
    List<Partition> old =
        OLD.with(firstKept)
            .list(
                connection,
                row ->
                    new Partition(
                        row.text("parent"),
                        row.text("name"),
                        row.bool("attached"),
                        row.bool("pending")));
    if (old.isEmpty()) {
      return 0;
    }
    try {
      int _ = Sql.of("set lock_timeout = '30s'").update(connection);
      old.forEach(partition -> drop(connection, partition));
    } finally {
      int _ = Sql.of("reset lock_timeout").update(connection);
    }
    return old.size();
  }

  /// The names come from the catalogue and match a strict pattern.
  private static void drop(Connection connection, Partition partition) {
    if (partition.attached()) {
      String how = partition.pending() ? "finalize" : "concurrently";
      int _ =
          Sql.of(
                  "alter table %s detach partition %s %s"
                      .formatted(partition.parent(), partition.name(), how))
              .update(connection);
    }
    int _ = Sql.of("drop table " + partition.name()).update(connection);
  }
}
