package dev.entrepot.bench.sync;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench sync`.
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description =
        "Brings products from a simulated Siesa to a simulated Kong, within their limits and without,"
            + " beside the same flow in Spring Batch and Apache Camel.")
public final class SyncBench implements Callable<Integer> {
  private static final long SEED = 20_261_121;
  private static final int PER_MINUTE = 100;
  private static final String NO_LIMITS =
      "{\"source_rate_limit\": \"none\", \"product_rate_limit\": \"none\"}";
  private static final String SHOP = "shop";
  private static final String WARM = "warm";
  private static final int WARM_FIRST = 5_000_001;

  /// As many as the limits let pass at once.
  private static final int WARM_LIMITED = 5_000;

  @Option(names = "--products", description = "With the limits lifted. Default: ${DEFAULT-VALUE}")
  private int products = 100_000;

  @Option(
      names = "--limited",
      description = "Products within the limits. Default: ${DEFAULT-VALUE}")
  private int limited = 10_000;

  /// What runs for months is compiled; with a third of this, Java still is at it while it is
  /// measured.
  @Option(
      names = "--warm-up",
      description = "Products before, of another account. Default: ${DEFAULT-VALUE}")
  private int warmUp = 150_000;

  @Option(names = "--rounds", description = "How often each is measured. Default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(
      names = "--limited-rounds",
      description = "The same within the limits. Default: ${DEFAULT-VALUE}")
  private int limitedRounds = 3;

  @Option(names = "--only", split = ",", description = "Only some, by their keys.")
  private Set<String> only = Set.of();

  @Option(names = "--results", description = "Where results go. Default: bench/results")
  private Path results = Workplace.bench().resolve("results");

  private final List<Measured> measurements = new ArrayList<>();
  private @Nullable SortedMap<String, String> held;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Workplace.work("sync");
    Path data = Files.createDirectories(work.resolve("data"));
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts(work));
    facts.put(
        "warmed up with", String.format(Locale.ROOT, "%,d products of another account", warmUp));
    List<Contender> contenders =
        Stream.of(Contender.entrepot(data, NO_LIMITS), Contender.springBatch(), Contender.camel())
            .filter(contender -> only.isEmpty() || only.contains(contender.key()))
            .toList();
    try (Postgres postgres = new Postgres(work.resolve("postgres"))) {
      facts.put("PostgreSQL", postgres.version());
      for (Contender contender : contenders) {
        facts.putAll(contender.versions());
      }
      for (int round = 1; round <= rounds; round++) {
        for (Contender contender : contenders) {
          freely(contender, postgres, work, round);
        }
      }
      for (int round = 1; round <= limitedRounds; round++) {
        withinLimits(Contender.entrepot(data, "{}"), postgres, work, round);
      }
    }
    SyncReport report = new SyncReport(facts, contenders, measurements);
    System.out.println("\n" + report.markdown());
    if (only.isEmpty()) {
      report.write(results, "sync-" + LocalDate.now(ZoneOffset.UTC));
    }
    Workplace.delete(work);
    return report.targets().containsValue(false) ? 1 : 0;
  }

  private void freely(Contender contender, Postgres postgres, Path work, int round)
      throws IOException, InterruptedException {
    List<Simulators.Stock> stocks =
        List.of(
            new Simulators.Stock(SHOP, products, 1),
            new Simulators.Stock(WARM, warmUp, WARM_FIRST));
    postgres.empty();
    postgres.restart();
    try (Simulators simulators = Simulators.start(0, SEED, stocks, work.resolve("simulators.log"));
        Syncer syncer =
            new Syncer(contender, simulators, postgres, work.resolve(contender.key() + ".log"))) {
      double _ = syncer.run(WARM);
      Measuring measuring = new Measuring(contender, simulators, syncer, postgres, round);
      measurements.add(say(measuring.run(SyncReport.FIRST, products)));
      measurements.add(say(measuring.run(SyncReport.AGAIN, products)));
    }
  }

  private void withinLimits(Contender contender, Postgres postgres, Path work, int round)
      throws IOException, InterruptedException {
    postgres.empty();
    postgres.restart();
    try (Simulators simulators =
            Simulators.start(
                PER_MINUTE,
                SEED,
                List.of(
                    new Simulators.Stock(SHOP, limited, 1),
                    new Simulators.Stock(WARM, WARM_LIMITED, WARM_FIRST)),
                work.resolve("simulators.log"));
        Syncer syncer =
            new Syncer(contender, simulators, postgres, work.resolve(contender.key() + ".log"))) {
      double _ = syncer.run(WARM);
      Measuring measuring = new Measuring(contender, simulators, syncer, postgres, round);
      measurements.add(say(measuring.run(SyncReport.LIMITS, limited)));
    }
  }

  private static Measured say(Measured measured) {
    System.out.printf(
        Locale.ROOT,
        "round %d  %-7s %-13s %7.2f s  %8.0f/s  us per record: %4.0f program, %4.0f PostgreSQL, %4.0f"
            + " simulators  calls: %d pages, %d products, %d tags, %d throttled%n",
        measured.round(),
        measured.part(),
        measured.contender(),
        measured.seconds(),
        measured.perSecond(),
        measured.cpuPerRecord(),
        measured.serverCpuPerRecord(),
        measured.simulatorCpuPerRecord(),
        measured.pages(),
        measured.kong().productCalls(),
        measured.kong().tagCalls(),
        measured.kong().throttled());
    return measured;
  }

  /// One contender's process, measured run by run.
  private final class Measuring {
    private final Contender contender;
    private final Simulators simulators;
    private final Syncer syncer;
    private final Postgres postgres;
    private final int round;

    private Measuring(
        Contender contender, Simulators simulators, Syncer syncer, Postgres postgres, int round) {
      this.contender = contender;
      this.simulators = simulators;
      this.syncer = syncer;
      this.postgres = postgres;
      this.round = round;
    }

    private Measured run(String part, int records) throws IOException, InterruptedException {
      Simulators.KongCounts before = simulators.kongCounts();
      long pages = simulators.pages();
      double cpu = syncer.cpuSeconds();
      double serverCpu = postgres.cpuSeconds();
      double simulatorCpu = simulators.cpuSeconds();
      double seconds = syncer.run(SHOP);
      cpu = syncer.cpuSeconds() - cpu;
      serverCpu = postgres.cpuSeconds() - serverCpu;
      simulatorCpu = simulators.cpuSeconds() - simulatorCpu;
      return new Measured(
          part,
          contender.key(),
          round,
          records,
          seconds,
          simulators.pages() - pages,
          check(part, simulators.held(SHOP)),
          simulators.kongCounts().since(before),
          cpu,
          serverCpu,
          simulatorCpu,
          syncer.resident());
    }

    /// All must leave the same behind; whoever does not has done other work.
    ///
    /// @return how many tags there are
    private long check(String part, SortedMap<String, String> now) {
      long tags = now.keySet().stream().filter(name -> name.startsWith("tags ")).count();
      if (part.equals(SyncReport.LIMITS)) {
        return tags;
      }
      if (held != null && !held.equals(now)) {
        throw new IllegalStateException(
            contender.title() + " left other things at Kong than those before it");
      }
      held = now;
      return tags;
    }
  }
}
