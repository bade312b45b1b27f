package dev.entrepot.inbox.intake;

import dev.entrepot.inbox.intake.Receipt.Reason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came by one connection in one minute, at all nodes.
///
/// @param minute its beginning
/// @param refused by reason; absent: none
public record MinuteFigures(
    Instant minute,
    String connection,
    long accepted,
    long duplicates,
    Map<Reason, Long> refused,
    LatencyHistogram latency) {
  public MinuteFigures {
    refused = Map.copyOf(refused);
  }

  /// All connections together, by minute.
  ///
  /// @param figures in any order
  /// @return in the order of time; their connection is the empty text
  public static List<MinuteFigures> together(List<MinuteFigures> figures) {
    Map<Instant, MinuteFigures> byMinute = new TreeMap<>();
    figures.forEach(one -> byMinute.merge(one.minute(), one.of(""), MinuteFigures::plus));
    return List.copyOf(byMinute.values());
  }

  private MinuteFigures of(String name) {
    return new MinuteFigures(minute, name, accepted, duplicates, refused, latency);
  }

  private MinuteFigures plus(MinuteFigures other) {
    Map<Reason, Long> sum = new EnumMap<>(Reason.class);
    sum.putAll(refused);
    other.refused.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new MinuteFigures(
        minute,
        connection,
        accepted + other.accepted,
        duplicates + other.duplicates,
        sum,
        latency.plus(other.latency));
  }
}
