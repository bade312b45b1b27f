package dev.entrepot.bench.drain;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what a program of this package has done, and tells the one that started it, line by line,
/// when certain numbers are reached. Safe for use by many threads.
final class Milestones {
  static final String FILLED = "FILLED";
  static final String REACHED = "REACHED ";
  static final String LATE = "LATE ";

  private final List<Long> numbers;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final CountDownLatch last = new CountDownLatch(1);

  /// @param numbers rising
  Milestones(List<Long> numbers) {
    this.numbers = List.copyOf(numbers);
  }

  /// @param fresh false: it came after a newer one of its key
  void done(boolean fresh) {
    if (!fresh) {
      late.incrementAndGet();
    }
    long number = done.incrementAndGet();
    if (numbers.contains(number)) {
      System.out.println(REACHED + number);
    }
    if (number == numbers.getLast()) {
      System.out.println(LATE + late.get());
      last.countDown();
    }
  }

  void awaitLast() throws InterruptedException {
    last.await();
  }
}
