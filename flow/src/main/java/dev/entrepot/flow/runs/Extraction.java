package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.storage.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the source page by page, compares, and settles each page with its checkpoint. For one
/// thread.
final class Extraction {
  private static final int FED_AT_ONCE = 1_000;

  private static final Sql PROGRESS =
      Sql.of("select phase, checkpoint, page_digest, pages, keyless from flow_run where id = ?");
  private static final Sql PHASE = Sql.of("update flow_run set phase = ? where id = ?");

  /// Where a run is in its source.
  private record Progress(
      String phase,
      @Nullable String checkpoint,
      @Nullable String digest,
      int pages,
      long keyless) {}

  private final RunSession session;
  private final Backlog backlog;
  private final RecordSource source;
  private final boolean deletes;
  private final String afterPages;
  private final Set<Long> lookedUp;
  private final PageSettling settling;

  /// @param lookedUp pending records that are in the backlog already
  Extraction(
      RunSession session,
      Backlog backlog,
      RecordSource source,
      RecordDestination destination,
      Set<Long> lookedUp) {
    this.session = session;
    this.backlog = backlog;
    this.source = source;
    this.lookedUp = lookedUp;
    boolean able = destination instanceof Deleting;
    this.deletes = able && session.spec().settings().missing() == MissingPolicy.DELETE;
    boolean everything = session.run().since() == null;
    this.afterPages = everything ? deletes ? "missing" : "load" : "again";
    this.settling = new PageSettling(session, backlog, able);
  }

  /// Works until the source is read to its end, or cannot be, or the run halts.
  void run() throws InterruptedException {
    feed();
    Progress progress = progress();
    if (progress.phase().equals("extract")) {
      read(progress);
      progress = progress();
    }
    while (progress.phase().equals("missing") && backlog.awaitRoom()) {
      if (!settling.settleMissing()) {
        phase("load");
        break;
      }
    }
    if (progress.phase().equals("again") && backlog.awaitRoom()) {
      settling.settleAgain(deletes);
    }
    backlog.complete();
  }

  /// What an earlier worker, or the plan, has left pending.
  private void feed() throws InterruptedException {
    Engine engine = session.engine();
    long after = 0;
    while (backlog.awaitRoom()) {
      long from = after;
      List<Item> items =
          engine
              .tenants()
              .all()
              .read(connection ->
                  engine.records().waiting(connection, session.id(), from, FED_AT_ONCE));
      if (items.isEmpty()) {
        return;
      }
      after = items.getLast().record();
      backlog.add(items.stream().filter(item -> !lookedUp.contains(item.record())).toList());
    }
  }

  private Progress progress() {
    return session
        .engine()
        .tenants()
        .read(
            session.tenant(),
            tenant ->
                PROGRESS
                    .with(session.id())
                    .one(
                        tenant,
                        row ->
                            new Progress(
                                row.text("phase"),
                                row.textOrNull("checkpoint"),
                                row.textOrNull("page_digest"),
                                row.int4("pages"),
                                row.int8("keyless"))));
  }

  private void phase(String next) {
    session.settle(connection -> PHASE.with(next, session.id()).update(connection));
  }

  private void read(Progress progress) throws InterruptedException {
    Integer asked = session.spec().settings().pageSize();
    int size = asked == null ? source.largestPage() : Math.min(asked, source.largestPage());
    String after = progress.checkpoint();
    String digest = progress.digest();
    int number = progress.pages();
    try (ReadAhead ahead =
        new ReadAhead(session, source, new Extract(session.run().since(), size))) {
      ahead.start(after);
      while (backlog.awaitRoom()) {
        ReadPage page = ahead.await();
        number++;
        requireNew(page, after, digest, number);
        after = page.source().next();
        digest = page.digest();
        if (after != null) {
          ahead.start(after);
        }
        settling.settle(page, afterPages);
        tell(page, number);
        if (after == null) {
          return;
        }
      }
    } catch (RemoteTrouble trouble) {
      settling.fail(trouble);
    }
  }

  private void tell(ReadPage page, int number) {
    session
        .engine()
        .observer()
        .page(
            session.id(),
            session.tenant(),
            number,
            page.source().records().size(),
            page.began(),
            Duration.ofNanos(System.nanoTime() - page.start()));
  }

  private void requireNew(
      ReadPage page, @Nullable String after, @Nullable String before, int number)
      throws RemoteTrouble {
    String next = page.source().next();
    boolean same = page.source().records().size() > 1 && page.digest().equals(before);
    boolean stuck = next != null && next.equals(after);
    if (same || stuck) {
      throw new RemoteTrouble(
          "PAGE_REPEATS",
          "the source %s gives page %d again as page %d; it would never end. Look at how it counts"
                  .formatted(session.run().source(), number - 1, number)
              + " its pages, then start the run anew");
    }
  }
}
