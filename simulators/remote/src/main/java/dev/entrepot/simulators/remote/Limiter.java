package dev.entrepot.simulators.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the calls of every tenant in a window that slides with time.
final class Limiter {

  /// @param reset until the next call is let in (refused), or until all calls are free again
  record Admission(boolean admitted, RateLimit limit, int remaining, Duration reset) {

    void tell(Map<String, String> headers) {
      if (limit.unlimited()) {
        return;
      }
      headers.put("X-RateLimit-Limit", Integer.toString(limit.calls()));
      headers.put("X-RateLimit-Remaining", Integer.toString(remaining));
      headers.put("X-RateLimit-Reset", Long.toString(seconds(reset)));
      if (!admitted && limit.telling() == RateLimit.Telling.RETRY_AFTER) {
        headers.put("Retry-After", Long.toString(Math.max(1, seconds(reset))));
      }
    }

    private static long seconds(Duration duration) {
      return (duration.toMillis() + 999) / 1000;
    }
  }

  private final Map<String, ArrayDeque<Instant>> windows = new ConcurrentHashMap<>();
  private volatile RateLimit limit;

  Limiter(RateLimit limit) {
    this.limit = limit;
  }

  RateLimit limit() {
    return limit;
  }

  /// Holds from the next call on; calls that were let in before count.
  void limit(RateLimit next) {
    limit = next;
  }

  Admission take(String tenant, Instant now) {
    var current = limit;
    if (current.unlimited()) {
      return new Admission(true, current, Integer.MAX_VALUE, Duration.ZERO);
    }
    var window = windows.computeIfAbsent(tenant, t -> new ArrayDeque<>());
    synchronized (window) {
      var from = now.minus(current.per());
      while (!window.isEmpty() && !window.getFirst().isAfter(from)) {
        window.removeFirst();
      }
      if (window.size() >= current.calls()) {
        return new Admission(false, current, 0, Duration.between(from, window.getFirst()));
      }
      window.addLast(now);
      return new Admission(
          true, current, current.calls() - window.size(), Duration.between(from, now));
    }
  }
}
