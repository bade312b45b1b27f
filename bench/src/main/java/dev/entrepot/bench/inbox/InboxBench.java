package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.Orders;
import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench inbox`.
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    description =
        "Sends signed events to several receivers, round by round, and compares how many a second"
            + " are kept on disk and acknowledged.")
public final class InboxBench implements Callable<Integer> {
  private static final String SECRET = "bench-secret-of-no-worth";
  private static final int KEYS = 5_000;
  private static final int BYTES = 4_000;

  /// More than anybody here takes, even of those who keep nothing.
  private static final int MOST_PER_SECOND = 60_000;

  @Option(names = "--rounds", description = "How often each is measured. Default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(names = "--seconds", description = "Of each measurement. Default: ${DEFAULT-VALUE}")
  private int seconds = 15;

  @Option(
      names = "--warm-up",
      description = "Seconds that are not counted, before. Default: ${DEFAULT-VALUE}")
  private int warmUp = 20;

  @Option(
      names = "--connections",
      split = ",",
      description = "Of the load generator. Default: ${DEFAULT-VALUE}")
  private List<Integer> connections = List.of(64, 256);

  @Option(names = "--only", split = ",", description = "Only some receivers, by their keys.")
  private Set<String> only = Set.of();

  @Option(names = "--results", description = "Where results go. Default: bench/results")
  private Path results = Workplace.bench().resolve("results");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Workplace.work("inbox");
    int states = Math.ceilDiv((warmUp + seconds) * MOST_PER_SECOND, KEYS);
    Load load =
        new Load(
            work.resolve("deliveries"), new Deliveries(new Orders(KEYS, BYTES), states, SECRET));
    load.deliveries().write(load.file());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "events",
        "about "
            + BYTES
            + " bytes, "
            + KEYS
            + " keys, each event with an id of its own and a later state of its key");
    facts.putAll(Machine.facts(work));
    List<Measured> measurements = new ArrayList<>();
    try (Postgres postgres = new Postgres(work.resolve("postgres"))) {
      facts.put("PostgreSQL", postgres.version());
      facts.put("Node", Machine.says(List.of("node", "--version")));
      facts.put("wrk", Machine.says(List.of("wrk", "--version")));
      Map<String, Contender> contenders = contenders(work, postgres);
      contenders
          .values()
          .forEach(each -> facts.put("versions of " + each.title(), each.receiver().versions()));
      boolean reached = true;
      for (int round = 1; round <= rounds; round++) {
        for (Contender contender : contenders.values()) {
          for (int count : connections) {
            measurements.add(measure(contender, load, count, round));
          }
        }
        facts.put("rounds", round + " of " + seconds + " s, after " + warmUp + " s");
        reached =
            report(
                new InboxReport(
                    facts, List.copyOf(contenders.values()), connections, measurements));
      }
      return reached || !only.isEmpty() ? 0 : 1;
    } finally {
      Workplace.delete(work);
    }
  }

  /// After each round, so that what was measured is kept when the next one is not waited for.
  ///
  /// @return whether everything was reached
  private boolean report(InboxReport report) throws IOException {
    System.out.println("\n" + report.markdown());
    if (only.isEmpty()) {
      report.write(results, "inbox-" + LocalDate.now(ZoneOffset.UTC));
    }
    return !report.targets().containsValue(false);
  }

  private Map<String, Contender> contenders(Path work, Postgres postgres)
      throws IOException, InterruptedException {
    Path log = work.resolve("log");
    RedisServer redis = new RedisServer(work.resolve("redis"));
    List<Contender> all =
        List.of(
            new Contender(Contender.OURS, "Entrepot", new EntrepotReceiver(postgres, SECRET, work)),
            new Contender(
                Contender.RECEIVING,
                "Entrepot, receiving first, handing on after",
                new ReceivingFirst(postgres, SECRET, work)),
            new Contender(
                "bare", "HTTP and signature alone, nothing kept", new BareReceiver(SECRET)),
            new Contender("express-pg", "Express + pg", node("express-pg", 1, postgres, log)),
            new Contender(
                "express-pg-2", "Express + pg, 2 processes", node("express-pg", 2, postgres, log)),
            new Contender(
                "express-bullmq",
                "Express + BullMQ + Redis",
                new NodeReceiver(
                    "express-bullmq", 1, new NodeReceiver.InRedis(redis), SECRET, log)),
            new Contender(
                "express-bullmq-2",
                "Express + BullMQ + Redis, 2 processes",
                new NodeReceiver(
                    "express-bullmq", 2, new NodeReceiver.InRedis(redis), SECRET, log)));
    Map<String, Contender> chosen = new LinkedHashMap<>();
    for (Contender contender : all) {
      if (only.isEmpty() || only.contains(contender.key())) {
        chosen.put(contender.key(), contender);
      }
    }
    return chosen;
  }

  private static Receiver node(String script, int processes, Postgres postgres, Path log) {
    return new NodeReceiver(script, processes, new NodeReceiver.InPostgres(postgres), SECRET, log);
  }

  private Measured measure(Contender contender, Load load, int count, int round)
      throws IOException, InterruptedException {
    try (Receiver receiver = contender.receiver()) {
      receiver.start();
      Load.Sent warm =
          load.send(
              receiver.port(), count, Duration.ofSeconds(warmUp), "warm-" + round + "-" + count, 0);
      receiver.handOn();
      long before = receiver.kept();
      double receiverCpu = receiver.receiverSeconds();
      double storeCpu = receiver.storeSeconds();
      Load.Sent sent =
          load.send(
              receiver.port(),
              count,
              Duration.ofSeconds(seconds),
              "run-" + round + "-" + count,
              warm.nextState());
      long behind = receiver.behind();
      long end = System.nanoTime();
      receiver.handOn();
      double catchUp = (System.nanoTime() - end) / 1e9;
      Measured.Cpu cpu =
          new Measured.Cpu(
              receiver.receiverSeconds() - receiverCpu,
              receiver.storeSeconds() - storeCpu,
              sent.cpuSeconds());
      Load.Seen seen = sent.seen();
      long kept = receiver.kept() - before;
      long acknowledged = seen.requests() - seen.refused();
      if (receiver.keeps() && kept < acknowledged) {
        throw new IllegalStateException(
            contender.title() + " acknowledged " + acknowledged + " events but kept " + kept);
      }
      Measured measured =
          new Measured(contender.key(), count, round, seen, kept, behind, catchUp, cpu);
      System.out.printf(
          Locale.ROOT,
          "round %d  %-40s %4d connections  %8.0f/s  p50 %.1f ms  p99 %.1f ms  refused %d  behind %d, caught up in %.1f s"
              + "  us per event: %.0f receiver, %.0f store, %.0f load%n",
          round,
          contender.title(),
          count,
          seen.acknowledgedPerSecond(),
          seen.p50() / 1e3,
          seen.p99() / 1e3,
          seen.refused(),
          behind,
          catchUp,
          measured.perEvent(cpu.receiver()),
          measured.perEvent(cpu.store()),
          measured.perEvent(cpu.load()));
      return measured;
    }
  }
}
