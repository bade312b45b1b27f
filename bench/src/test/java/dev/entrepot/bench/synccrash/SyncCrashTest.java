package dev.entrepot.bench.synccrash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bench.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The crash test of runs in short; `./entrepot bench sync-crash` is the long form.
class SyncCrashTest {
  private static final int KILLS = 3;

  /// Seeds that failed once, and must not again.
  private static final List<Long> KEPT = List.of();

  static Stream<Long> seeds() {
    List<Long> seeds = new ArrayList<>(KEPT);
    seeds.add(System.nanoTime() & 0xFFFF);
    return seeds.stream();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endsAsIfUndisturbed(long seed) throws Exception {
    Path work = Workplace.work("short-sync-crash");
    SyncCrash.Plan plan = new SyncCrash.Plan(KILLS, 2_000, seed);
    try {
      SyncCrash.Outcome outcome = new SyncCrash(work, System.out::println).run(plan);
      assertThat(outcome.effects()).as("of " + plan).isPositive();
    } catch (SyncCrashFailure e) {
      throw new AssertionError("with " + plan + ": " + e.getMessage(), e);
    }
    Workplace.delete(work);
  }
}
