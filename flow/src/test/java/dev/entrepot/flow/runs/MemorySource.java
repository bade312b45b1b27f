package dev.entrepot.flow.runs;

import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A source whose records are a list in memory, in their order. It can be opened any number of
/// times.
final class MemorySource implements RecordSource {

  /// What a call does instead of giving its page.
  @FunctionalInterface
  interface Fault {
    /// @return null: as usual
    @Nullable SourcePage happen() throws InterruptedException;
  }

  private final List<Fields> records = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Map<Integer, Fault> faultsOfPages = new TreeMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  synchronized MemorySource add(Fields record) {
    records.add(record);
    return this;
  }

  synchronized void replaceAll(List<Fields> now) {
    records.clear();
    records.addAll(now);
  }

  synchronized List<Fields> records() {
    return List.copyOf(records);
  }

  /// Happens at the next call that has none.
  synchronized void fail(Fault fault) {
    faults.add(fault);
  }

  /// Happens once, when a page is read.
  ///
  /// @param page from 0
  synchronized void failAt(int page, Fault fault) {
    faultsOfPages.put(page, fault);
  }

  int calls() {
    return calls.get();
  }

  @Override
  public int largestPage() {
    return 1_000;
  }

  @Override
  public SourcePage read(Extract extract, @Nullable String after) throws InterruptedException {
    calls.incrementAndGet();
    int page = after == null ? 0 : Integer.parseInt(after);
    Fault fault;
    synchronized (this) {
      fault = faults.isEmpty() ? faultsOfPages.remove(page) : faults.poll();
    }
    SourcePage instead = fault == null ? null : fault.happen();
    if (instead != null) {
      return instead;
    }
    synchronized (this) {
      int from = Math.min(records.size(), page * extract.pageSize());
      int to = Math.min(records.size(), from + extract.pageSize());
      String next = to < records.size() ? String.valueOf(page + 1) : null;
      return new SourcePage(records.subList(from, to), next, 0, (long) records.size());
    }
  }

  @Override
  public List<String> check() {
    return List.of();
  }

  @Override
  public void close() {}
}
