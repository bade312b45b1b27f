package dev.entrepot.bench.crash;

import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench crash`.
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    description = {
      "Kills the program and its database at random moments of uploads. After each kill the books"
          + " must balance; in the end everything must be as after an undisturbed upload."
    })
public final class CrashBench implements Callable<Integer> {
  @Option(names = "--kills", description = "How many in all. Default: ${DEFAULT-VALUE}")
  private int kills = 50;

  @Option(names = "--rows", description = "Rows of each file. Default: ${DEFAULT-VALUE}")
  private int rows = 200_000;

  @Option(names = "--seed", description = "Repeats the choices of an earlier run. Default: any")
  private @Nullable Long seed;

  @Option(
      names = "--failures",
      description = "Where seeds are kept that failed. Default: bench/results/crash-failures.txt")
  private Path failures = Workplace.bench().resolve("results").resolve("crash-failures.txt");

  @Override
  public Integer call() throws IOException, InterruptedException {
    CrashTest.Plan plan =
        new CrashTest.Plan(
            kills,
            rows,
            seed == null ? System.nanoTime() & 0xFFFF_FFFFL : seed,
            List.of(World.STRICT, World.UPDATING));
    System.out.println("seed " + plan.seed());
    Path work = Workplace.work("crash");
    try {
      CrashTest.Outcome outcome =
          new CrashTest(work, ServedProgram::new, System.out::println).run(plan);
      System.out.println(
          "Nothing lost, nothing doubled: "
              + outcome.uploads()
              + " uploads of "
              + rows
              + " rows, killed "
              + outcome.kills()
              + ", each ended as if undisturbed. Seed "
              + plan.seed());
      return 0;
    } catch (CrashFailure e) {
      String line = Instant.now() + " " + plan + ": " + e.getMessage() + "\n";
      Files.createDirectories(failures.toAbsolutePath().getParent());
      Files.writeString(failures, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.out.println(
          "FAILED: "
              + e.getMessage()
              + "\nwhat is left is in "
              + work
              + ", the seed in "
              + failures);
      return 1;
    }
  }
}
