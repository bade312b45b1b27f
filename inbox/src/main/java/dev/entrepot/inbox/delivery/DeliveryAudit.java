package dev.entrepot.inbox.delivery;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;

/// What an audit recomputes of the deliveries, for the slices that are kept.
public final class DeliveryAudit {
  private static final String KEPT = "(select slice from inbox_slice)";

  private static final String COUNT = "select count(*) as n from delivery";

  private DeliveryAudit() {}

  /// All checks of the deliveries.
  public static List<AuditCheck> checks() {
    return List.of(
        check(
            "deliveries: running totals against a recount",
            """
            select format('destination/%s', destination) as subject,
              format('slice %s, lane %s: the totals say %s, the recount says %s', slice, lane, totals,
                recount) as message
            from (
              select coalesce(b.slice, r.slice) as slice,
                coalesce(b.destination, r.destination) as destination,
                coalesce(b.lane, r.lane) as lane,
                row(b.made, b.delivered, b.dead, b.skipped, b.pending) as totals,
                row(r.made, r.delivered, r.dead, r.skipped, r.pending) as recount
              from (select * from delivery_books where slice in KEPT) b
              full join (
                select (position >> 40)::int as slice, destination, lane, count(*) as made,
                  count(*) filter (where state = 'delivered') as delivered,
                  count(*) filter (where state = 'dead') as dead,
                  count(*) filter (where state = 'skipped') as skipped,
                  count(*) filter (where finished_at is null) as pending
                from delivery where position >> 40 in KEPT group by 1, 2, 3) r
                on r.slice = b.slice and r.destination = b.destination and r.lane = b.lane) c
            where totals is distinct from recount
            """,
            "select count(*) as n from delivery_books where slice in KEPT"),
        check(
            "deliveries: there are some for every event that was to be delivered, and for no other",
            """
            select format('slice %s', slice) as subject,
              format('%s events were to be delivered, there are deliveries for %s', told, found)
                as message
            from (
              select coalesce(c.slice, d.slice) as slice, coalesce(c.told, 0) as told,
                coalesce(d.found, 0) as found
              from (
                select slice, sum(length(v) - length(replace(v, 'w', ''))) as told
                from (
                  select slice, handlers ->> 'deliveries' as v
                  from inbox_chunk where slice in KEPT) v
                where v is not null group by slice) c
              full join (
                select (position >> 40)::int as slice, count(distinct position) as found
                from delivery where replay is null and position >> 40 in KEPT group by 1) d
                on d.slice = c.slice) x
            where told <> found
            """,
            COUNT),
        check(
            "deliveries: one of each key that waits is due, and it is the first",
            """
            select 'destination/' || destination as subject,
              format('key digest %s: %s wait, %s are due', key_hash, waiting, due) as message
            from (
              select destination, key_hash, count(*) as waiting, count(due_at) as due
              from delivery where state in ('waiting', 'behind') group by destination, key_hash) k
            where due <> 1
            """,
            "select count(*) as n from delivery where state in ('waiting', 'behind')"),
        check(
            "deliveries: what was delivered has a last attempt that was taken, no other has",
            """
            select format('destination/%s', d.destination) as subject,
              format('delivery of event %s-%s is %s after attempt %s with status %s',
                d.position >> 40, d.position & 1099511627775, d.state, d.attempts, a.status)
                as message
            from delivery d
            left join delivery_attempt a
              on a.position = d.position and a.delivery = d.id and a.number = d.attempts
            where (d.state = 'delivered') <> coalesce(a.status between 200 and 299, false)
            """,
            COUNT));
  }

  private static AuditCheck check(String name, String findings, String count) {
    Sql find = Sql.of(findings.replace("KEPT", KEPT));
    Sql all = Sql.of(count.replace("KEPT", KEPT));
    return new AuditCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long run(Connection connection, Consumer<Finding> consumer) {
        find.list(connection, row -> new Finding(name, row.text("subject"), row.text("message")))
            .forEach(consumer);
        return all.one(connection, row -> row.int8("n"));
      }
    };
  }
}
