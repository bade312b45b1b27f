package dev.entrepot.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bench.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chaos test in short; `./entrepot bench chaos` is the long form.
class ChaosTest {
  /// Seeds that failed once, and must not again.
  private static final List<Long> KEPT = List.of();

  static Stream<Long> seeds() {
    List<Long> seeds = new ArrayList<>(KEPT);
    seeds.add(System.nanoTime() & 0xFFFF);
    return seeds.stream();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostDoubledOrOutOfOrder(long seed) throws Exception {
    Path work = Workplace.work("short-chaos");
    ChaosPlan plan = new ChaosPlan(2_000, 100, 0.2, 6, seed);
    Chaos.Result result =
        new Chaos(work, System.out::println)
            .run(plan, Duration.ofMillis(1_500), Duration.ofMillis(100));
    assertThat(result.verdict().faults()).as("of " + plan).isEmpty();
    assertThat(result.verdict().kept()).isEqualTo(2_000);
    assertThat(result.verdict().duplicates()).isPositive();
    assertThat(result.verdict().putOff()).isPositive();
    Workplace.delete(work);
  }
}
