package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.rules.Problem;
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
/// maps in order, a pool checks, and the chunks come out in order. What is held at a time is
/// bounded by an estimate of the memory it takes: many short cells weigh more than one long text.
final class ChunkReader implements AutoCloseable {
  private static final int ROWS = 5_000;
  private static final long CHUNK_BYTES = 12_000_000;
  private static final long HELD_BYTES = 24_000_000;
  private static final int CHUNKS_AHEAD = 3;

  /// What a row takes besides its cells, with what may be found wrong with it.
  private static final int ROW_BYTES = 500;

  /// What a cell takes besides its characters.
  private static final int CELL_BYTES = 80;

  private final SourceRows rows;
  private final MappingPlan.Cursor cursor;
  private final FileKeys keys;
  private final RowChecker checker;
  private final ExecutorService pool;
  private final BlockingQueue<Handed> ahead = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Weights weights = new Weights();
  private final Thread reader;
  private volatile boolean closed;
  private long taken;

  /// A chunk on its way, with its weight in bytes.
  private record Handed(Future<CheckedChunk> chunk, long bytes) {}

  /// How much is held: read and not yet done with.
  private static final class Weights {
    private long held;

    synchronized void add(long bytes) {
      held += bytes;
    }

    synchronized void remove(long bytes) {
      held -= bytes;
      notifyAll();
    }

    /// Waits for room for another chunk.
    synchronized void awaitRoom() throws InterruptedException {
      while (held > HELD_BYTES) {
        wait();
      }
    }
  }

  private record RawRow(
      Row row,
      @Nullable MappedRow mapped,
      @Nullable String origin,
      List<Problem> problems,
      FileKeys.Earlier earlier) {}

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

  /// The next chunk, or null behind the last. The one before must be done with.
  ///
  /// @throws RuntimeException what the reading thread failed with, for example a
  ///   [dev.entrepot.onboarding.tabular.TabularException]
  @Nullable CheckedChunk next() throws InterruptedException {
    weights.remove(taken);
    taken = 0;
    try {
      Handed next = ahead.take();
      taken = next.bytes();
      CheckedChunk chunk = next.chunk().get();
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
      for (RawChunk raw = readChunk(); !raw.rows().isEmpty(); raw = readChunk()) {
        List<RawRow> chunk = raw.rows();
        hand(new Handed(pool.submit(() -> check(chunk)), raw.bytes()));
        weights.awaitRoom();
      }
      handDone(new CheckedChunk(List.of()), null);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
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
    hand(new Handed(done, 0));
  }

  private void hand(Handed chunk) {
    try {
      while (!closed && !ahead.offer(chunk, 100, TimeUnit.MILLISECONDS)) {
        // wait until somebody takes one, or nobody wants any more
      }
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  private record RawChunk(List<RawRow> rows, long bytes) {}

  private RawChunk readChunk() {
    List<RawRow> chunk = new ArrayList<>();
    long bytes = 0;
    while (!closed && chunk.size() < ROWS && bytes < CHUNK_BYTES) {
      SourceRows.SourceRow next = rows.next();
      if (next == null) {
        break;
      }
      Row row = Storable.orUnreadable(next.row());
      MappedRow mapped = null;
      FileKeys.Earlier earlier = FileKeys.Earlier.NONE;
      bytes += weight(row);
      if (row instanceof Row.Cells cells) {
        mapped = cursor.apply(cells.values());
        earlier = keys.enter(mapped, (int) cells.line());
        row = new Row.Cells(cells.number(), cells.line(), cursor.filled());
      }
      chunk.add(new RawRow(row, mapped, next.origin(), next.problems(), earlier));
    }
    weights.add(bytes);
    return new RawChunk(chunk, bytes);
  }

  /// About how much memory a row takes until it is applied, in bytes.
  private static long weight(Row row) {
    return switch (row) {
      case Row.Unreadable unreadable -> ROW_BYTES + 2L * unreadable.raw().length();
      case Row.Cells cells -> {
        long bytes = ROW_BYTES;
        for (String value : cells.values()) {
          bytes += CELL_BYTES + 2L * value.length();
        }
        yield bytes;
      }
    };
  }

  private CheckedChunk check(List<RawRow> raw) {
    List<CheckedChunk.Entry> entries = new ArrayList<>(raw.size());
    for (RawRow row : raw) {
      entries.add(
          new CheckedChunk.Entry(
              row.row,
              row.mapped == null ? null : checker.check(row.mapped).after(row.problems),
              row.origin,
              row.earlier));
    }
    return new CheckedChunk(entries);
  }

  @Override
  public void close() {
    closed = true;
    ahead.clear();
    weights.remove(Long.MAX_VALUE / 2);
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
