package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.rules.RowChecker;
import dev.entrepot.onboarding.tabular.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads, maps and checks the rows of a file ahead of whoever applies them: one thread reads and
/// maps in order, a pool checks, and the chunks come out in order. At most a few chunks are held at
/// a time.
final class ChunkReader implements AutoCloseable {
  private static final int ROWS = 5_000;
  private static final int MOST_CHARACTERS = 4_000_000;
  private static final int CHUNKS_AHEAD = 3;

  private final SourceRows rows;
  private final MappingPlan.Cursor cursor;
  private final FileKeys keys;
  private final RowChecker checker;
  private final ExecutorService pool;
  private final BlockingQueue<Future<CheckedChunk>> ahead = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Thread reader;
  private volatile boolean closed;

  private record RawRow(
      Row row, @Nullable MappedRow mapped, @Nullable String origin, FileKeys.Earlier earlier) {}

  /// @param keys used by the reading thread alone until this is closed
  ChunkReader(
      SourceRows rows,
      MappingPlan.Cursor cursor,
      FileKeys keys,
      RowChecker checker,
      ExecutorService pool) {
    this.rows = rows;
    this.cursor = cursor;
    this.keys = keys;
    this.checker = checker;
    this.pool = pool;
    this.reader = Thread.ofPlatform().name("upload-reader").daemon().start(this::readAll);
  }

  /// The next chunk, or null behind the last.
  ///
  /// @throws RuntimeException what the reading thread failed with, for example a
  ///   [dev.entrepot.onboarding.tabular.TabularException]
  @Nullable CheckedChunk next() throws InterruptedException {
    try {
      CheckedChunk chunk = ahead.take().get();
      return chunk.entries().isEmpty() ? null : chunk;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("checking rows failed", e.getCause());
    }
  }

  private void readAll() {
    try {
      for (List<RawRow> raw = readChunk(); !raw.isEmpty(); raw = readChunk()) {
        List<RawRow> chunk = raw;
        hand(pool.submit(() -> check(chunk)));
      }
      handDone(new CheckedChunk(List.of()), null);
    } catch (RuntimeException | Error e) {
      handDone(null, e);
    } finally {
      rows.close();
    }
  }

  private void handDone(@Nullable CheckedChunk chunk, @Nullable Throwable failure) {
    FutureTask<CheckedChunk> done =
        new FutureTask<>(() -> {
          if (failure instanceof RuntimeException e) {
            throw e;
          }
          if (chunk == null) {
            throw new IllegalStateException("reading the file failed", failure);
          }
          return chunk;
        });
    done.run();
    hand(done);
  }

  private void hand(Future<CheckedChunk> chunk) {
    try {
      while (!closed && !ahead.offer(chunk, 100, TimeUnit.MILLISECONDS)) {
        // wait until somebody takes one, or nobody wants any more
      }
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  private List<RawRow> readChunk() {
    List<RawRow> chunk = new ArrayList<>(ROWS);
    long characters = 0;
    while (!closed && chunk.size() < ROWS && characters < MOST_CHARACTERS) {
      SourceRows.SourceRow next = rows.next();
      if (next == null) {
        break;
      }
      Row row = Storable.orUnreadable(next.row());
      MappedRow mapped = null;
      FileKeys.Earlier earlier = FileKeys.Earlier.NONE;
      switch (row) {
        case Row.Cells cells -> {
          mapped = cursor.apply(cells.values());
          earlier = keys.enter(mapped, (int) cells.line());
          row = new Row.Cells(cells.number(), cells.line(), cursor.filled());
          for (String value : cells.values()) {
            characters += value.length();
          }
        }
        case Row.Unreadable unreadable -> characters += unreadable.raw().length();
      }
      chunk.add(new RawRow(row, mapped, next.origin(), earlier));
    }
    return chunk;
  }

  private CheckedChunk check(List<RawRow> raw) {
    List<CheckedChunk.Entry> entries = new ArrayList<>(raw.size());
    for (RawRow row : raw) {
      entries.add(
          new CheckedChunk.Entry(
              row.row,
              row.mapped == null ? null : checker.check(row.mapped),
              row.origin,
              row.earlier));
    }
    return new CheckedChunk(entries);
  }

  @Override
  public void close() {
    closed = true;
    ahead.clear();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
