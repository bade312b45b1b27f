package dev.entrepot.simulators.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/// The last calls, and counts of all of them. A call is entered before it is answered. Safe for
/// many threads.
public final class CallLog {

  /// @param number from 1
  /// @param tenant empty: not known
  /// @param route method and path with variables, such as `PUT /products/{id}`; with no route, `?`
  /// @param address path and query as they came
  /// @param status 0: there was no answer
  /// @param took until the answer was ready to be sent
  /// @param fault what was done to it, in words; empty: nothing
  public record Entry(
      long number,
      Instant at,
      String tenant,
      String method,
      String address,
      String route,
      int status,
      Duration took,
      String fault) {}

  private record Kind(String tenant, String route, int status) {}

  private final int kept;
  private final ArrayDeque<Entry> last = new ArrayDeque<>();
  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private long number;

  CallLog(int kept) {
    this.kept = kept;
  }

  void enter(Call call, Instant at, String route, int status, Duration took, String fault) {
    counts
        .computeIfAbsent(new Kind(call.tenant(), route, status), kind -> new LongAdder())
        .increment();
    synchronized (last) {
      number++;
      last.addLast(
          new Entry(
              number,
              at,
              call.tenant(),
              call.method(),
              call.address(),
              route,
              status,
              took,
              fault));
      if (last.size() > kept) {
        last.removeFirst();
      }
    }
  }

  /// The last calls, the latest last.
  public List<Entry> last() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  /// All calls, refused ones too.
  public long calls() {
    return sum(kind -> true);
  }

  /// Calls of a route, such as `POST /products/bulk`.
  public long calls(String route) {
    return sum(kind -> kind.route().equals(route));
  }

  /// Calls of a route that were answered so; 0: not at all.
  public long calls(String route, int status) {
    return sum(kind -> kind.route().equals(route) && kind.status() == status);
  }

  public long callsOf(String tenant) {
    return sum(kind -> kind.tenant().equals(tenant));
  }

  /// Calls that were answered so; 0: not at all.
  public long answered(int status) {
    return sum(kind -> kind.status() == status);
  }

  /// How many calls were refused because they were too many (429).
  public long throttled() {
    return answered(429);
  }

  /// How many calls by `route status`, sorted.
  public SortedMap<String, Long> byRoute() {
    var sums = new TreeMap<String, Long>();
    counts.forEach(
        (kind, count) -> sums.merge(kind.route() + " " + kind.status(), count.sum(), Long::sum));
    return sums;
  }

  /// Forgets everything, counts too.
  public void clear() {
    synchronized (last) {
      last.clear();
      number = 0;
    }
    counts.clear();
  }

  private long sum(Predicate<Kind> which) {
    return counts.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }
}
