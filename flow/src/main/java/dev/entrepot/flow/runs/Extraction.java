package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Deleting;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the source page by page, compares, and settles each page with its checkpoint. For one
/// thread.
final class Extraction {
  private static final int FED_AT_ONCE = 1_000;

  private static final Sql PROGRESS =
      Sql.of("select phase, checkpoint, page_digest, pages, keyless from flow_run where id = ?");
  private static final Sql SOURCE_FAILED =
      Sql.of(
          """
          update flow_run set phase = 'load', source_code = ?, source_reason = ? where id = ?
          """);
  private static final Sql PHASE = Sql.of("update flow_run set phase = ? where id = ?");

  /// Where a run is in its source.
  private record Progress(
      String phase,
      @Nullable String checkpoint,
      @Nullable String digest,
      int pages,
      long keyless) {}

  /// The source gave something that cannot be gone on with.
  private static final class SourceTrouble extends Exception {
    private static final long serialVersionUID = 1;
    private final String code;

    SourceTrouble(String code, String reason) {
      super(reason);
      this.code = code;
    }
  }

  private final RunSession session;
  private final Backlog backlog;
  private final RecordSource source;
  private final boolean deletes;
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
    this.deletes =
        session.run().since() == null
            && session.spec().settings().missing() == MissingPolicy.DELETE
            && destination instanceof Deleting;
    this.settling = new PageSettling(session, backlog);
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
    Extract extract = new Extract(session.run().since(), size);
    String after = progress.checkpoint();
    String digest = progress.digest();
    int number = progress.pages();
    try {
      while (backlog.awaitRoom()) {
        Instant began = session.engine().clock().instant();
        long start = System.nanoTime();
        SourcePage page = page(extract, after);
        number++;
        List<String> texts = page.records().stream().map(Content::text).toList();
        String now = digest(texts);
        requireNew(page, after, digest, now, number);
        settling.settle(new PageSettling.Page(page, texts, now, deletes ? "missing" : "load"));
        session
            .engine()
            .observer()
            .page(
                session.id(),
                session.tenant(),
                number,
                page.records().size(),
                began,
                Duration.ofNanos(System.nanoTime() - start));
        if (page.next() == null) {
          return;
        }
        after = page.next();
        digest = now;
      }
    } catch (SourceTrouble trouble) {
      session.settle(connection ->
          SOURCE_FAILED.with(trouble.code, trouble.getMessage(), session.id()).update(connection));
    }
  }

  private void requireNew(
      SourcePage page, @Nullable String after, @Nullable String before, String now, int number)
      throws SourceTrouble {
    boolean same = page.records().size() > 1 && now.equals(before);
    boolean stuck = page.next() != null && page.next().equals(after);
    if (same || stuck) {
      throw new SourceTrouble(
          "PAGE_REPEATS",
          "the source %s gives page %d again as page %d; it would never end. Look at how it counts"
                  .formatted(session.run().source(), number - 1, number)
              + " its pages, then start the run anew");
    }
  }

  private SourcePage page(Extract extract, @Nullable String after)
      throws InterruptedException, SourceTrouble {
    RetryPolicy policy = session.spec().settings().retry();
    Map<RemoteException.Code, Integer> tries = new EnumMap<>(RemoteException.Code.class);
    while (true) {
      try {
        return source.read(extract, after);
      } catch (RemoteException e) {
        int made = tries.merge(e.code(), 1, Integer::sum);
        String reason = String.valueOf(e.getMessage());
        if (made >= policy.tries(e.code())) {
          throw new SourceTrouble(
              e.code().name(), made > 1 ? reason + " (" + made + " tries)" : reason);
        }
        double jitter = ThreadLocalRandom.current().nextDouble();
        Duration pause = policy.pause(made, e.after().orElse(null), jitter);
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (StorageException e) {
        // Of the budget.
        throw e;
      } catch (RuntimeException e) {
        throw new SourceTrouble("CONNECTOR", "the source's connector failed: " + e);
      }
    }
  }

  private static String digest(List<String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
