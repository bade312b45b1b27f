package dev.entrepot.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One upload that is interrupted again and again until it has its verdict all the same.
final class Cycle {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(20);

  /// A kill.
  ///
  /// @param after how long work had gone on
  record Kill(Victim victim, Duration after) {
    @Override
    public String toString() {
      return victim + " at " + after.toMillis() + " ms";
    }
  }

  /// What happened.
  ///
  /// @param took from the first start to the verdict
  record Story(Duration took, List<Kill> kills) {}

  private final Program program;
  private final Path dataFolder;
  private final String vendor;
  private final Path file;
  private final SplittableRandom random;
  private final List<Kill> kills = new ArrayList<>();
  private @Nullable String upload;

  /// @param program not started
  Cycle(Program program, Path dataFolder, String vendor, Path file, SplittableRandom random) {
    this.program = program;
    this.dataFolder = dataFolder;
    this.vendor = vendor;
    this.file = file;
    this.random = random;
  }

  /// @param mostKills how often something is killed at most
  /// @param within each kill comes at a random moment within this time after work began or went on
  Story run(int mostKills, Duration within) throws IOException, InterruptedException {
    program.start();
    Instant start = Instant.now();
    boolean finished = false;
    while (!finished && kills.size() < mostKills) {
      Victim victim = Victim.any(random);
      Duration delay = Duration.ofMillis(random.nextLong(Math.max(1, within.toMillis())));
      finished = workUntilKilled(victim, delay);
    }
    if (!finished) {
      require(work(() -> false, PATIENCE), "the upload does not finish");
    }
    Duration took = Duration.between(start, Instant.now());
    requireClean();
    program.close();
    return new Story(took, kills);
  }

  /// @return whether the upload was finished before anything was killed
  private boolean workUntilKilled(Victim victim, Duration delay)
      throws IOException, InterruptedException {
    Killer killer = new Killer(() -> victim.kill(program, dataFolder, random.split()), delay);
    boolean finished = work(killer::struck, PATIENCE);
    if (!killer.cancelOrAwait()) {
      require(finished, "the upload does not finish");
      return true;
    }
    kills.add(new Kill(victim, delay));
    if (victim == Victim.PROGRAM) {
      program.start();
    }
    requireClean();
    return false;
  }

  /// Sends the file, unless that is known to have been done, and waits for the verdict.
  ///
  /// @return whether it has come; not when something was killed first, or the time is over
  private boolean work(BooleanSupplier killed, Duration atMost) throws InterruptedException {
    Instant end = Instant.now().plus(atMost);
    while (!killed.getAsBoolean() && Instant.now().isBefore(end)) {
      try {
        if (upload == null) {
          upload = program.submit(vendor, file);
        }
        if (program.finished(upload)) {
          return true;
        }
      } catch (IOException e) {
        // No answer: something was killed just now, or is starting again.
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return false;
  }

  /// The books must balance as soon as there is an answer.
  private void requireClean() throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    IOException last = null;
    while (Instant.now().isBefore(end)) {
      try {
        List<String> findings = program.audit();
        require(findings.isEmpty(), "the audit finds " + findings);
        return;
      } catch (IOException e) {
        last = e;
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    }
    throw new CrashFailure("the program does not answer any more: " + last + " after " + kills);
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new CrashFailure(otherwise + " after " + kills);
    }
  }
}
