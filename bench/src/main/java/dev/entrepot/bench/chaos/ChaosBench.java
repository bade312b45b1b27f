package dev.entrepot.bench.chaos;

import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench chaos`.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Sends signed events to two nodes while nodes and PostgreSQL are killed: none may be lost,"
            + " applied twice or out of order.")
public final class ChaosBench implements Callable<Integer> {
  @Option(names = "--events", description = "Default: ${DEFAULT-VALUE}")
  private int events = 100_000;

  @Option(names = "--keys", description = "Default: ${DEFAULT-VALUE}")
  private int keys = 5_000;

  @Option(names = "--kills", description = "Default: ${DEFAULT-VALUE}")
  private int kills = 200;

  @Option(
      names = "--between",
      description = "Milliseconds between kills, on average. Default: ${DEFAULT-VALUE}")
  private long between = 1_500;

  @Option(
      names = "--pace",
      description =
          "Milliseconds that each of 32 senders pauses between deliveries. Default: ${DEFAULT-VALUE}")
  private long pace = 60;

  @Option(names = "--seed", description = "Of everything random. Default: a new one")
  private long seed = System.nanoTime() & 0xFFFF_FFFFL;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Path work = Workplace.work("chaos");
    ChaosPlan plan = new ChaosPlan(events, keys, 0.2, kills, seed);
    System.out.println(plan);
    Chaos.Result result =
        new Chaos(work, System.out::println)
            .run(plan, Duration.ofMillis(between), Duration.ofMillis(pace));
    Verdict verdict = result.verdict();
    System.out.printf(
        Locale.ROOT,
        "%d deliveries acknowledged, %d events kept (%d of them never acknowledged), %d repeats"
            + " recognised, %d times an event was put off and its key held; %s%n",
        result.deliveries(),
        verdict.kept(),
        verdict.unacknowledged(),
        verdict.duplicates(),
        verdict.putOff(),
        result.blows());
    verdict.faults().forEach(fault -> System.out.println("FAULT " + fault));
    if (!verdict.faults().isEmpty()) {
      System.out.println("kept for a look: " + work + "; the seed is " + seed);
      return 1;
    }
    System.out.println("None lost, none applied twice, none out of order; the books balance.");
    Workplace.delete(work);
    return 0;
  }
}
