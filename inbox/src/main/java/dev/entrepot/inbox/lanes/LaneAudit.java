package dev.entrepot.inbox.lanes;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What an audit recomputes of the lanes, for the slices that are kept.
public final class LaneAudit {
  /// Outcomes recounted: by slice, lane, how many of each.
  private static final String RECOUNT =
      """
      select slice, lane, sum(records)::bigint as received,
        sum(records - length(replace(codes, 'w', '')))::bigint as written,
        sum(records - length(replace(codes, 'u', '')))::bigint as unchanged,
        sum(records - length(replace(codes, 'r', '')))::bigint as rejected,
        sum(records - length(replace(codes, 's', '')))::bigint as skipped,
        sum(records - length(replace(codes, 'p', '')))::bigint as pending
      from (select slice, lane, records, encode(outcomes, 'escape') as codes
        from inbox_chunk where slice in KEPT) c
      group by slice, lane
      """;

  private static final String KEPT = "(select slice from inbox_slice)";

  private LaneAudit() {}

  /// All checks of the lanes.
  public static List<AuditCheck> checks() {
    return List.of(
        check(
            "events: running totals against a recount of the outcomes",
            """
            select format('slice %s, lane %s', slice, lane) as subject,
              format('the totals say %s, the recount says %s', totals, recount) as message
            from (
              select coalesce(b.slice, r.slice) as slice, coalesce(b.lane, r.lane) as lane,
                row(b.received, b.written, b.unchanged, b.rejected, b.skipped, b.pending) as totals,
                row(r.received, r.written, r.unchanged, r.rejected, r.skipped, r.pending) as recount
              from (select slice, lane, sum(received)::bigint as received,
                  sum(written)::bigint as written, sum(unchanged)::bigint as unchanged,
                  sum(rejected)::bigint as rejected, sum(skipped)::bigint as skipped,
                  sum(pending)::bigint as pending
                from inbox_books where slice in KEPT group by slice, lane) b
              full join (RECOUNT) r on r.slice = b.slice and r.lane = b.lane) c
            where totals is distinct from recount
            """,
            "select count(*) as n from inbox_books where slice in KEPT"),
        check(
            "events: every event up to a lane's position has an outcome, once",
            """
            select format('slice %s, lane %s', slice, lane) as subject,
              format('the log has %s events, %s have an outcome', events, received) as message
            from (
              select coalesce(e.slice, r.slice) as slice, coalesce(e.lane, r.lane) as lane,
                coalesce(e.events, 0) as events, coalesce(r.received, 0) as received
              from (select e.position >> 40 as slice, e.lane, count(*) as events
                from inbox_event e join inbox_lane l on l.lane = e.lane and e.position <= l.position
                where e.position >> 40 in KEPT group by 1, 2) e
              full join (RECOUNT) r on r.slice = e.slice and r.lane = e.lane) c
            where events <> received
            union all
            select format('slice %s, lane %s', slice, lane),
              format('outcomes from %s on were entered twice', first_position)
            from (select slice, lane, first_position,
                lag(last_position) over (partition by lane order by last_position) as before
              from inbox_chunk where slice in KEPT) c
            where before >= first_position
            """,
            "select count(*) as n from inbox_event"),
        check(
            "events: what waits is pending, what is pending waits",
            counted("pending", "inbox_waiting where replay is null", "wait"),
            "select count(*) as n from inbox_waiting"),
        check(
            "events: what waits is in the log",
            """
            select 'event-key/' || key as subject,
              format('event %s-%s waits, but the log does not have it', position >> 40,
                position & 1099511627775) as message
            from inbox_waiting w
            where not exists (select from inbox_event e where e.position = w.position)
            """,
            "select count(*) as n from inbox_waiting"),
        check(
            "events: a dead letter for every rejected event",
            counted(
                "rejected",
                "inbox_dead_letter where replay is null and state = 'open'",
                "are open dead letters"),
            "select count(*) as n from inbox_dead_letter"),
        check(
            Set.of(ReplayBooks.KIND),
            "replays: a dead letter for every rejected record",
            """
            select 'batch/' || b.id as subject,
              format('%s records are rejected, %s are open dead letters', b.rejected,
                coalesce(d.letters, 0)) as message
            from inbox_replay r join batch b on b.id = r.id
            left join (select replay, count(*) as letters
              from (select replay from inbox_dead_letter
                  where replay is not null and state = 'open'
                union all select s.replay from inbox_letter_record s
                  join inbox_dead_letter l on l.id = s.letter and l.state in ('open', 'retrying')) f
              group by replay) d on d.replay = b.id
            where b.rejected <> coalesce(d.letters, 0)
            """,
            "select count(*) as n from inbox_replay"),
        check(
            "events: the first waiting event of a key is due, unless the key is parked",
            """
            select 'event-key/' || key as subject,
              format('%s waiting events, due: %s, parked: %s', events, due, parked) as message
            from (
              select min(w.key) as key, count(*) as events, count(w.due_at) as due, p.hold is not null as parked,
                (array_agg(w.due_at order by w.position, w.id))[1] is not null as first_due
              from inbox_waiting w left join inbox_parked p on p.hold = w.hold
              group by w.hold, p.hold) k
            where due <> (not parked)::int or first_due = parked
            """,
            "select count(distinct hold) as n from inbox_waiting"));
  }

  private static String counted(String outcome, String rows, String words) {
    return """
    select format('slice %s, lane %s', slice, lane) as subject,
      format('%s events are OUTCOME, %s WORDS', recounted, found) as message
    from (
      select coalesce(w.slice, r.slice) as slice, coalesce(w.lane, r.lane) as lane,
        coalesce(w.found, 0) as found, coalesce(r.OUTCOME, 0) as recounted
      from (select position >> 40 as slice, lane, count(*) as found
        from (select * from ROWS) x where position >> 40 in KEPT group by 1, 2) w
      full join (RECOUNT) r on r.slice = w.slice and r.lane = w.lane) c
    where found <> recounted
    """
        .replace("OUTCOME", outcome)
        .replace("WORDS", words)
        .replace("ROWS", rows);
  }

  private static AuditCheck check(String name, String findings, String count) {
    return check(Set.of(), name, findings, count);
  }

  private static AuditCheck check(
      Set<String> lettersOf, String name, String findings, String count) {
    Sql find = Sql.of(findings.replace("RECOUNT", RECOUNT).replace("KEPT", KEPT));
    Sql all = Sql.of(count.replace("KEPT", KEPT));
    return new AuditCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<String> lettersOf() {
        return lettersOf;
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
