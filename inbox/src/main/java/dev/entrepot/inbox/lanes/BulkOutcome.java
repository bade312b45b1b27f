package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;

/// What became of many dead letters.
///
/// @param open tried again in vain
/// @param retrying not known yet
public record BulkOutcome(long resolved, long open, long retrying, long skipped) {
  private static final Sql COUNT =
      Sql.of(
          """
          select count(*) filter (where state = 'resolved') as resolved,
            count(*) filter (where state = 'open') as open,
            count(*) filter (where state = 'retrying') as retrying,
            count(*) filter (where state = 'skipped') as skipped
          from inbox_dead_letter where id = any(?::bigint[])
          """);

  static BulkOutcome of(Connection connection, List<Long> letters) {
    return COUNT
        .with((Object) letters.toArray(Long[]::new))
        .one(
            connection,
            row ->
                new BulkOutcome(
                    row.int8("resolved"),
                    row.int8("open"),
                    row.int8("retrying"),
                    row.int8("skipped")));
  }
}
