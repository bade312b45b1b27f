package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Median;
import dev.entrepot.bench.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The results as a page for people and as data.
record InboxReport(
    Map<String, String> facts,
    List<Contender> contenders,
    List<Integer> connections,
    List<Measured> measurements) {
  private static final double LEAST_FACTOR = 5;
  private static final double MOST_MILLISECONDS = 100;

  /// What comes in the last moment is handed on after it.
  private static final double LEAST_HANDED_ON = 0.95;

  private Median median(String contender, int count, ToDoubleFunction<Load.Seen> figure) {
    return median(measurements(contender, count), one -> figure.applyAsDouble(one.seen()));
  }

  private static Median median(List<Measured> measured, ToDoubleFunction<Measured> figure) {
    return Median.of(measured.stream().map(one -> figure.applyAsDouble(one)).toList());
  }

  private List<Measured> measurements(String contender, int count) {
    return measurements.stream()
        .filter(one -> one.contender().equals(contender) && one.connections() == count)
        .toList();
  }

  private Median rate(String contender, int count) {
    return median(contender, count, Load.Seen::acknowledgedPerSecond);
  }

  /// What must hold, and whether it does.
  Map<String, Boolean> targets() {
    Map<String, Boolean> targets = new LinkedHashMap<>();
    for (Contender own : contenders.stream().filter(Contender::ours).toList()) {
      targets.putAll(targets(own));
    }
    return targets;
  }

  private Map<String, Boolean> targets(Contender own) {
    Map<String, Boolean> targets = new LinkedHashMap<>();
    for (int count : connections) {
      double ours = rate(own.key(), count).value();
      for (Contender other : contenders) {
        if (!other.ours() && other.receiver().keeps()) {
          double factor = ours / rate(other.key(), count).value();
          targets.put(
              String.format(
                  Locale.ROOT,
                  "at %d connections %s acknowledges %.1f times as many as %s (at least 5)",
                  count,
                  own.title(),
                  factor,
                  other.title()),
              factor >= LEAST_FACTOR);
        }
      }
      double p99 = median(own.key(), count, Load.Seen::p99).value() / 1e3;
      targets.put(
          String.format(
              Locale.ROOT,
              "at %d connections %s has a p99 of %.1f ms (at most 100)",
              count,
              own.title(),
              p99),
          p99 <= MOST_MILLISECONDS);
      double kept = median(measurements(own.key(), count), Measured::keptPerSecond).value();
      double handedOn = handedOn(own, count);
      targets.put(
          String.format(
              Locale.ROOT,
              "at %d connections %s hands on %,.0f a second of %,.0f kept (at least 95 %%)",
              count,
              own.title(),
              handedOn,
              kept),
          handedOn >= LEAST_HANDED_ON * kept);
    }
    return targets;
  }

  /// Events a second: while others are taken, or where that is left to another node, afterwards.
  private double handedOn(Contender own, int count) {
    ToDoubleFunction<Measured> rate =
        own.key().equals(Contender.RECEIVING)
            ? Measured::caughtUpPerSecond
            : Measured::handedOnPerSecond;
    return median(measurements(own.key(), count), rate).value();
  }

  String markdown() {
    StringBuilder page = new StringBuilder("# Events kept before they are acknowledged\n\n");
    page.append(
        """
        Shopify's deliveries, signed, each with an id of its own, sent by one `wrk` thread in a closed loop over the given number of
        connections; every receiver checks the signature over the raw body, refuses repeats by the event's id, and answers 200 only for what
        is on disk (PostgreSQL with fsync and synchronous commit; Redis with `appendfsync always`). One receiver runs at a time; load
        generator, receiver and store share the machine's cores. What was acknowledged is counted in the store after each run. Express itself is the
        ceiling of the Node receivers; the receiver that keeps nothing shows that of Entrepot's HTTP server on this machine. Medians of the rounds.

        """);
    page.append(
        """
        | | connections | acknowledged/s | least to most | p50 ms | p99 ms | p99.9 ms |
        |---|---|---|---|---|---|---|
        """);
    for (int count : connections) {
      for (Contender contender : contenders) {
        Median rate = rate(contender.key(), count);
        page.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f to %,.0f | %.1f | %.1f | %.1f |%n",
                contender.title(),
                count,
                rate.value(),
                rate.least(),
                rate.most(),
                median(contender.key(), count, Load.Seen::p50).value() / 1e3,
                median(contender.key(), count, Load.Seen::p99).value() / 1e3,
                median(contender.key(), count, Load.Seen::p999).value() / 1e3));
      }
    }
    page.append(handedOn());
    page.append("\n## Reached\n\n");
    targets()
        .forEach((target, reached) ->
            page.append("- ").append(reached ? "yes: " : "NO: ").append(target).append('\n'));
    page.append("\n## Where\n\n");
    facts.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    return page.toString();
  }

  private String handedOn() {
    StringBuilder part = new StringBuilder("\n## What an event costs\n\n");
    part.append(
        """
        Processor time in microseconds per event, of all processes. Entrepot's includes handing the event on: while it takes events, it
        reads them again, in order per key, and keeps the state each one tells in its hot store; here every event is a new state. The
        others only keep events. Both rates are taken while events are taken; those behind then are handed on after it, and counted. Receiving
        first means a node with `--node-work receive`; a second node, started when the load is over, then hands everything on, its cold start included.

        | | connections | receiver | store | load generator | kept/s | handed on/s meanwhile | behind at the end | handed on/s after |
        |---|---|---|---|---|---|---|---|---|
        """);
    for (int count : connections) {
      for (Contender contender : contenders) {
        List<Measured> all = measurements(contender.key(), count);
        boolean ours = contender.ours();
        part.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %,.0f | %s | %s | %s |%n",
                contender.title(),
                count,
                median(all, one -> one.perEvent(one.cpu().receiver())).value(),
                median(all, one -> one.perEvent(one.cpu().store())).value(),
                median(all, one -> one.perEvent(one.cpu().load())).value(),
                median(all, Measured::keptPerSecond).value(),
                ours
                    ? String.format(
                        Locale.ROOT, "%,.0f", median(all, Measured::handedOnPerSecond).value())
                    : "-",
                ours
                    ? String.format(Locale.ROOT, "%,.0f", median(all, Measured::behind).value())
                    : "-",
                contender.key().equals(Contender.RECEIVING)
                    ? String.format(
                        Locale.ROOT, "%,.0f", median(all, Measured::caughtUpPerSecond).value())
                    : "-"));
      }
    }
    return part.toString();
  }

  void write(Path folder, String name) throws IOException {
    Results.write(folder, name, markdown(), facts, targets(), measurements);
  }
}
