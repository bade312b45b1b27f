package dev.entrepot.bench.drain;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.Orders;
import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Path;
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

/// `bench drain`.
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    description =
        "Hands events on that are on disk already, each with an upsert of the state it tells, round"
            + " by round, beside job schedulers on the same server.")
public final class DrainBench implements Callable<Integer> {
  private static final Orders ORDERS = new Orders(5_000, 4_000);

  /// The slower ones get a part of the events: rates count, and the time of all is bounded.
  private static final int LESS_FOR_DB_SCHEDULER = 4;

  private static final int LESS_FOR_JOBRUNR = 10;

  @Option(names = "--events", description = "For Entrepot, in a round. Default: ${DEFAULT-VALUE}")
  private long events = 100_000;

  @Option(
      names = "--warm-up",
      description = "Events before, which are not counted. Default: ${DEFAULT-VALUE}")
  private long warmUp = 40_000;

  @Option(names = "--rounds", description = "How often each is measured. Default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(names = "--only", split = ",", description = "Only some, by their keys.")
  private Set<String> only = Set.of();

  @Option(names = "--results", description = "Where results go. Default: bench/results")
  private Path results = Workplace.bench().resolve("results");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Workplace.work("drain");
    List<Contender> contenders =
        List.of(
                new Contender(Contender.OURS, "Entrepot", events),
                new Contender("db-scheduler", "db-scheduler", events / LESS_FOR_DB_SCHEDULER),
                new Contender("jobrunr", "JobRunr", events / LESS_FOR_JOBRUNR))
            .stream()
            .filter(contender -> only.isEmpty() || only.contains(contender.key()))
            .toList();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "events",
        String.format(Locale.ROOT, "about %d bytes, %,d keys", ORDERS.bytes(), ORDERS.count()));
    facts.putAll(Machine.facts(work));
    List<Measured> measurements = new ArrayList<>();
    try (Postgres postgres = new Postgres(work.resolve("postgres"))) {
      facts.put("PostgreSQL", postgres.version());
      facts.put("db-scheduler", version(com.github.kagkarlsson.scheduler.Scheduler.class));
      facts.put("JobRunr", version(org.jobrunr.configuration.JobRunr.class));
      for (int round = 1; round <= rounds; round++) {
        for (Contender contender : contenders) {
          measurements.add(measure(contender, postgres, work, round));
        }
      }
    } finally {
      Workplace.delete(work);
    }
    DrainReport report = new DrainReport(facts, contenders, measurements);
    System.out.println("\n" + report.markdown());
    if (only.isEmpty()) {
      report.write(results, "drain-" + LocalDate.now(ZoneOffset.UTC));
    }
    return 0;
  }

  /// The version in the name of a class's jar.
  private static String version(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .getFileName()
        .toString();
  }

  private Drainer drainer(Contender contender, Postgres postgres, Path work, long before) {
    return switch (contender.key()) {
      case Contender.OURS -> new EntrepotDrainer(postgres, work);
      case "db-scheduler" -> new LibraryDrainer(postgres, DbSchedulerProgram.class, before);
      case "jobrunr" -> new LibraryDrainer(postgres, JobRunrProgram.class, before);
      default -> throw new IllegalArgumentException("nobody is called " + contender.key());
    };
  }

  private Measured measure(Contender contender, Postgres postgres, Path work, int round)
      throws IOException, InterruptedException {
    // In proportion, but never less than one state of each order: later ones only replace it.
    long before = Events.atLeast(ORDERS, contender.events() * warmUp / events).count();
    Events all = Events.atLeast(ORDERS, contender.events() + before);
    try (Drainer drainer = drainer(contender, postgres, work, before)) {
      drainer.fill(all);
      drainer.start();
      drainer.awaitDone(before);
      long start = System.nanoTime();
      double cpu = drainer.cpuSeconds();
      double serverCpu = postgres.cpuSeconds();
      drainer.awaitDone(all.count());
      Measured measured =
          new Measured(
              contender.key(),
              round,
              all.count() - before,
              (System.nanoTime() - start) / 1e9,
              drainer.cpuSeconds() - cpu,
              postgres.cpuSeconds() - serverCpu,
              drainer.check(all));
      System.out.printf(
          Locale.ROOT,
          "round %d  %-14s %8.0f/s  us per event: %4.0f program, %4.0f PostgreSQL  late: %d%n",
          round,
          contender.title(),
          measured.perSecond(),
          measured.cpuPerEvent(),
          measured.serverCpuPerEvent(),
          measured.late());
      return measured;
    }
  }
}
