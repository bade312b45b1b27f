package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.util.List;

/// Removes what nobody needs any more after the slices of its events were dropped: settled dead
/// letters with their edits, books, plans that were not carried out, nodes that are gone. Replays
/// stay: their books tell what was done.
public final class Leftovers {
  private static final List<Sql> REMOVALS =
      List.of(
          Sql.of(
              """
              delete from inbox_dead_letter where id = any(array(
                select id from inbox_dead_letter d
                where state in ('resolved', 'skipped')
                  and not exists (select from inbox_slice s where s.slice = d.position >> 40)
                order by id limit ?))
              """),
          Sql.of(
              """
              delete from inbox_books b where ctid = any(array(
                select ctid from inbox_books
                where slice not in (select slice from inbox_slice) limit ?))
              """),
          Sql.of(
              """
              delete from inbox_plan where id = any(array(
                select id from inbox_plan
                where made_at < clock_timestamp() - interval '1 hour' limit ?))
              """),
          Sql.of(
              """
              delete from inbox_node where name = any(array(
                select name from inbox_node
                where seen_at < clock_timestamp() - interval '1 day' limit ?))
              """));

  private Leftovers() {}

  /// In one small step.
  ///
  /// @return how many were removed; call again while there are some
  public static int remove(Database database, int limit) {
    int removed = 0;
    for (Sql removal : REMOVALS) {
      removed += database.write(transaction -> removal.with(limit).update(transaction));
    }
    return removed;
  }
}
