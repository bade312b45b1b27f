package dev.entrepot.bench.load;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.Workplace;
import dev.entrepot.bench.file.ProductFile;
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

/// `bench onboarding`.
@Command(
    name = "onboarding",
    mixinStandardHelpOptions = true,
    description = "Loads one file in several ways, round by round, and compares.")
public final class LoadBench implements Callable<Integer> {
  private static final long SEED = 20_261_121;

  @Option(names = "--rows", description = "Rows of the file. Default: ${DEFAULT-VALUE}")
  private int rows = 1_000_000;

  @Option(
      names = "--rounds",
      description = "How often each way is measured. Default: ${DEFAULT-VALUE}")
  private int rounds = 5;

  @Option(
      names = "--only",
      split = ",",
      description =
          "Only some: copy, entrepot, spring-batch, spring-batch-plain, node-values, node, node-copy.")
  private Set<String> only = Set.of();

  @Option(names = "--results", description = "Where results go. Default: bench/results")
  private Path results = Workplace.bench().resolve("results");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Workplace.work("onboarding");
    Path file = work.resolve("products-" + rows + ".csv");
    long bytes = new ProductFile(SEED, rows, 0, ProductFile.Mix.LOADABLE).write(file);
    List<Contender> contenders =
        Contenders.all(work).stream()
            .filter(contender -> only.isEmpty() || only.contains(contender.key()))
            .toList();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("rows", String.valueOf(rows));
    facts.put("file", bytes / 1_000_000 + " MB, 12 columns, 2 % bad rows, seed " + SEED);
    facts.put("rounds", String.valueOf(rounds));
    facts.putAll(Machine.facts(work));
    List<Measured> measurements = new ArrayList<>();
    try (Server server = Server.start(work.resolve("postgres"), ProductFile.categories())) {
      facts.put("PostgreSQL", server.version());
      facts.put("psql", Machine.says(List.of("psql", "--version")));
      facts.put("Node", Machine.says(List.of("node", "--version")));
      measure(new Round(server, file), contenders, measurements);
    }
    facts.putAll(versions(measurements));
    LoadReport report = new LoadReport(facts, contenders, measurements);
    if (!only.isEmpty()) {
      return 0;
    }
    String name = "onboarding-" + LocalDate.now(ZoneOffset.UTC);
    report.write(results, name);
    System.out.println("\n" + report.markdown());
    Workplace.delete(work);
    return report.targets().containsValue(false) ? 1 : 0;
  }

  private void measure(Round round, List<Contender> contenders, List<Measured> measurements)
      throws IOException, InterruptedException {
    for (int number = 1; number <= rounds; number++) {
      for (Contender contender : contenders) {
        Measured measured = round.run(contender, number);
        measurements.add(measured);
        System.out.printf(
            Locale.ROOT,
            "round %d  %-40s %7.2f s  (process %.2f s, own CPU %.1f s, server CPU %.1f s) %s%n",
            number,
            contender.title(),
            measured.seconds(),
            measured.processSeconds(),
            measured.clientCpuSeconds(),
            measured.serverCpuSeconds(),
            measured.says() == null ? "" : measured.says());
        compare(measurements, measured);
      }
    }
  }

  /// All that check must leave the same behind; whoever does not has done other work.
  private void compare(List<Measured> all, Measured now) {
    if (!now.checks()) {
      if (now.state().products() != rows) {
        throw new IllegalStateException(
            "\\copy loaded " + now.state().products() + " of " + rows + " rows");
      }
      return;
    }
    for (Measured other : all) {
      if (other.checks() && !other.state().equals(now.state())) {
        throw new IllegalStateException(
            now.contender()
                + " left "
                + now.state()
                + ", but "
                + other.contender()
                + " left "
                + other.state());
      }
    }
  }

  private static Map<String, String> versions(List<Measured> measurements) {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Measured measured : measurements) {
      if (measured.says() != null && measured.says().has("versions")) {
        versions.put(
            "versions of " + measured.contender(), measured.says().path("versions").asString());
      }
    }
    return versions;
  }
}
