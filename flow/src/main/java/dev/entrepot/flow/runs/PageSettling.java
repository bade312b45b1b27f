package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.model.Outcome;
import dev.entrepot.spi.source.SourcePage;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Settles pages: outcomes, what is to be sent, dead letters and the checkpoint in one transaction;
/// then hands over what is pending. For one thread.
final class PageSettling {
  private static final int DELETED_AT_ONCE = 1_000;
  // Calls for what is perhaps rejected again must not keep a run from its end.
  private static final int AGAIN_AT_ONCE = 1_000;

  private static final Sql RECEIVED = Sql.of("select received from batch where id = ?");
  private static final Sql READ =
      Sql.of(
          """
          select b.received + r.ghosts as rows from flow_run r join batch b on b.id = r.id
          where r.id = ?
          """);
  private static final Sql SOURCE_FAILED =
      Sql.of(
          """
          update flow_run set phase = 'load', source_code = ?, source_reason = ? where id = ?
          """);
  private static final Sql CHECKPOINT =
      Sql.of(
          """
          update flow_run
          set checkpoint = ?, page_digest = ?, pages = pages + 1, ghosts = ghosts + ?,
            source_total = coalesce(?, source_total), keyless = keyless + ?,
            phase = case when ?::text is not null then phase
              when keyless + ? > 0 then replace(?, 'missing', 'load') else ? end
          where id = ?
          """);

  private static final Sql LOAD = Sql.of("update flow_run set phase = 'load' where id = ?");

  private final RunSession session;
  private final Backlog backlog;
  private final Comparison comparison;

  /// @param able whether the destination can delete
  PageSettling(RunSession session, Backlog backlog, boolean able) {
    this.session = session;
    this.backlog = backlog;
    this.comparison = new Comparison(session.steps(), able);
  }

  /// @param phase what comes after the last page
  void settle(ReadPage page, String phase) {
    // Before the known state is read: whatever is settled in between is compared again.
    Map<String, Item> pending = new HashMap<>();
    for (MappedRecord record : page.mapped()) {
      if (record.key() != null) {
        backlog.latest(record.key()).ifPresent(item -> pending.put(item.key(), item));
      }
    }
    PageOutcome outcome =
        session.settle(connection -> {
          long first = received(connection) + 1;
          PageOutcome compared =
              session.within(
                  connection,
                  tenant -> {
                    PageOutcome all = new PageOutcome(session.id(), first, session.steps());
                    compare(tenant, page.mapped(), page.texts(), pending, all);
                    write(tenant, page, phase, all);
                    return all;
                  });
          books(connection, compared);
          requireWhole(connection, page.source());
          return compared;
        });
    hand(outcome.items());
  }

  private void hand(List<Item> items) {
    backlog.add(session.loads() ? items : items.stream().map(Item::outline).toList());
  }

  /// At the end of the source, as many rows were read as it said with its last page that there are:
  /// what went or came before that page is in this number, and what came twice only makes it more.
  private void requireWhole(Connection connection, SourcePage last) {
    Long total = last.total();
    if (last.next() != null || total == null) {
      return;
    }
    long rows = READ.with(session.id()).one(connection, row -> row.int8("rows"));
    if (rows < total) {
      sourceFailed(
          connection,
          "SOURCE_SHORT",
          "the source %s says that there are %d records and gave %d; the next run reads them again. If that does not help, look at how the source counts its pages"
              .formatted(session.run().source(), total, rows));
    }
  }

  /// Reading ends here, before the source's end; what came of it is loaded, and then the run fails.
  void fail(RemoteTrouble trouble) {
    session.settle(connection -> {
      sourceFailed(connection, trouble.code(), String.valueOf(trouble.getMessage()));
      session.exchanges().write(connection);
      return trouble;
    });
  }

  private void sourceFailed(Connection connection, String code, String reason) {
    SOURCE_FAILED.with(code, StorableText.repair(reason), session.id()).updateOne(connection);
  }

  private void compare(
      Connection tenant,
      List<MappedRecord> mapped,
      List<String> texts,
      Map<String, Item> pending,
      PageOutcome outcome) {
    List<String> keys = mapped.stream().map(MappedRecord::key).filter(k -> k != null).toList();
    Map<String, Map<String, String>> known =
        session.engine().known().read(tenant, session.tenant(), session.run().destination(), keys);
    for (int i = 0; i < mapped.size(); i++) {
      MappedRecord record = mapped.get(i);
      String text = texts.get(i);
      String key = record.key();
      if (key == null || !record.problems().isEmpty()) {
        outcome.reject(record, text);
        continue;
      }
      String item = Content.text(record.item());
      Item earlier = outcome.latest(key, pending.get(key));
      if (earlier != null && !earlier.deleting() && earlier.text().equals(item)) {
        outcome.repeated(key, text, item, earlier.record());
      } else {
        compare(outcome, record, key, new Texts(text, item), earlier, known);
        pending.remove(key);
      }
    }
  }

  private record Texts(String source, String item) {}

  private void compare(
      PageOutcome outcome,
      MappedRecord record,
      String key,
      Texts texts,
      @Nullable Item earlier,
      Map<String, Map<String, String>> known) {
    Comparison.Compared compared =
        comparison.compare(key, record.item(), known.getOrDefault(key, Map.of()));
    outcome.obsolete(key, compared.obsolete());
    boolean gone = earlier == null;
    if (earlier != null && !outcome.waits(key)) {
      gone = outcome.supersedeHere(earlier);
      if (!gone && backlog.withdraw(earlier)) {
        outcome.supersedeBefore(earlier);
        gone = true;
      }
    }
    if (!gone || outcome.waits(key)) {
      if (earlier != null) {
        outcome.supersedeHere(earlier);
      }
      outcome.waitFor(record, key, texts.source(), texts.item(), compared);
    } else if (compared.change() == null) {
      outcome.unchanged(key);
    } else {
      outcome.pending(record, key, texts.source(), texts.item(), compared);
    }
  }

  private void write(Connection tenant, ReadPage page, String phase, PageOutcome outcome) {
    write(tenant, outcome);
    SourcePage source = page.source();
    String next = source.next();
    CHECKPOINT
        .with(
            next,
            page.digest(),
            (long) source.ghosts(),
            source.total(),
            outcome.keyless(),
            next,
            outcome.keyless(),
            phase,
            phase,
            session.id())
        .updateOne(tenant);
    session.exchanges().write(tenant);
  }

  private void write(Connection tenant, PageOutcome outcome) {
    Engine engine = session.engine();
    if (!outcome.keys().isEmpty()) {
      engine
          .records()
          .page(tenant, session.id(), session.tenant(), outcome.first(), outcome.keys());
      engine.records().keep(tenant, session.id(), session.tenant(), outcome.kept());
      engine.records().explain(tenant, session.id(), outcome.supersededReasons());
      if (session.loads()) {
        engine
            .known()
            .forget(tenant, session.tenant(), session.run().destination(), outcome.obsolete());
      }
      if (session.loads()) {
        outstanding(tenant, outcome);
      }
    }
    engine.runs().count(tenant, session.id(), outcome.tally());
  }

  private void outstanding(Connection tenant, PageOutcome outcome) {
    RejectedStore store = session.engine().rejected();
    if (session.rejections()) {
      store.settled(tenant, session.run(), outcome.settled());
    }
    if (!outcome.letters().isEmpty()) {
      session.keepsRejections();
      store.keepMapped(tenant, session.run(), outcome.refused());
    }
  }

  private void books(Connection connection, PageOutcome outcome) {
    if (outcome.outcomes().isEmpty()) {
      return;
    }
    Engine engine = session.engine();
    engine.ledger().settle(connection, session.id(), outcome.first(), outcome.outcomes());
    Map<Long, Outcome> superseded = new TreeMap<>();
    outcome.supersededReasons().keySet().forEach(it -> superseded.put(it, Outcome.SKIPPED));
    engine.ledger().move(connection, session.id(), Outcome.PENDING, superseded);
    List<DeadLetter> letters = outcome.letters();
    engine.letters().keep(connection, letters);
  }

  /// Only this thread adds records, so what is read stays true.
  private long received(Connection connection) {
    return RECEIVED.with(session.id()).one(connection, row -> row.int8("received"));
  }

  /// Has things deleted that the source does not have any more.
  ///
  /// @return whether there were any
  boolean settleMissing() {
    PageOutcome outcome =
        session.settle(connection -> {
          long received = received(connection);
          PageOutcome missing = session.within(connection, tenant -> missing(tenant, received));
          if (!missing.keys().isEmpty()) {
            books(connection, missing);
          }
          return missing;
        });
    hand(outcome.items());
    return !outcome.keys().isEmpty();
  }

  private PageOutcome missing(Connection tenant, long received) {
    Engine engine = session.engine();
    PageOutcome outcome = new PageOutcome(session.id(), received + 1, session.steps());
    if (received == 0) {
      // An empty source is more likely a mishap than a wish to delete everything.
      return outcome;
    }
    Map<String, Map<String, String>> missing =
        engine.known().missing(tenant, session.run(), DELETED_AT_ONCE);
    new TreeMap<>(missing)
        .forEach((key, held) -> {
          Comparison.Compared compared = comparison.delete(key, held);
          if (compared.change() != null) {
            outcome.delete(key, compared);
          }
        });
    write(tenant, outcome);
    return outcome;
  }

  /// Takes up what the destination rejected in an earlier run and the source did not give in this
  /// one.
  ///
  /// @param deletes whether things are deleted that the source has no more
  void settleAgain(boolean deletes) {
    PageOutcome outcome =
        session.settle(connection -> {
          long received = received(connection);
          PageOutcome again =
              session.within(
                  connection,
                  tenant -> {
                    PageOutcome all = again(tenant, received, deletes);
                    write(tenant, all);
                    LOAD.with(session.id()).updateOne(tenant);
                    return all;
                  });
          books(connection, again);
          return again;
        });
    hand(outcome.items());
  }

  private PageOutcome again(Connection tenant, long received, boolean deletes) {
    RejectedStore store = session.engine().rejected();
    PageOutcome outcome = new PageOutcome(session.id(), received + 1, session.steps());
    List<RejectedStore.Rejected> due = store.due(tenant, session.run(), AGAIN_AT_ONCE);
    List<MappedRecord> mapped = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    for (RejectedStore.Rejected rejected : due) {
      String source = rejected.source();
      if (source == null) {
        gone.add(rejected.key());
      } else {
        mapped.add(KeyRule.checked(session.spec().mapping().map(Content.fields(source))));
        texts.add(source);
      }
    }
    outcome.note("the destination rejected it before, and it is tried again");
    compare(tenant, mapped, texts, new HashMap<>(), outcome);
    Map<String, Map<String, String>> held =
        session.engine().known().read(tenant, session.tenant(), session.run().destination(), gone);
    for (String key : gone) {
      Comparison.Compared compared = comparison.delete(key, held.getOrDefault(key, Map.of()));
      if (deletes && compared.change() != null) {
        outcome.delete(key, compared);
      } else {
        store.settled(tenant, session.run(), Map.of(key, Long.MAX_VALUE));
      }
    }
    return outcome;
  }
}
