package dev.entrepot.bench.synccrash;

import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench sync-crash`.
@Command(
    name = "sync-crash",
    mixinStandardHelpOptions = true,
    description = {
      "Kills `entrepot serve` and its database at random moments of runs from Siesa to Kong, which lose"
          + " answers besides. After each run Kong must hold what it holds after an undisturbed one,"
          + " by the same effects, and the books must balance."
    })
public final class SyncCrashBench implements Callable<Integer> {
  @Option(names = "--kills", description = "How many in all. Default: ${DEFAULT-VALUE}")
  private int kills = 100;

  @Option(names = "--products", description = "At Siesa. Default: ${DEFAULT-VALUE}")
  private int products = 10_000;

  @Option(names = "--seed", description = "Repeats the choices of an earlier time. Default: any")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SyncCrash.Plan plan =
        new SyncCrash.Plan(kills, products, seed == null ? System.nanoTime() & 0xFFFF_FFFFL : seed);
    System.out.println(plan);
    Path work = Workplace.work("sync-crash");
    try {
      SyncCrash.Outcome outcome = new SyncCrash(work, System.out::println).run(plan);
      System.out.printf(
          Locale.ROOT,
          "%d runs of %d products, %d things created or changed, %d calls with an unknown result, %d"
              + " lookups; %s%n",
          outcome.runs(),
          products,
          outcome.effects(),
          outcome.unknown(),
          outcome.lookups(),
          outcome.blows());
      System.out.println(
          "None missing, none sent twice with effect, no call left open; the books balance.");
      Workplace.delete(work);
      return 0;
    } catch (SyncCrashFailure e) {
      System.out.println(
          "FAILED: "
              + e.getMessage()
              + "\nkept for a look: "
              + work
              + "; the seed is "
              + plan.seed());
      return 1;
    }
  }
}
