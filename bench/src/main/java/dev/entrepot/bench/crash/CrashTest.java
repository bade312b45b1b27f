package dev.entrepot.bench.crash;

import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Uploads files while the program and its database are killed, again and again, and compares what
/// is left with what an undisturbed program leaves.
final class CrashTest {
  private static final int MOST_KILLS_AN_UPLOAD = 12;
  private static final double WINDOW = 0.4;
  private static final Duration LEAST_WINDOW = Duration.ofMillis(300);

  /// What it is to do.
  ///
  /// @param kills how many there are in all
  /// @param rows of each file
  /// @param vendors whose files are sent, in turn
  record Plan(int kills, int rows, long seed, List<String> vendors) {
    Plan {
      vendors = List.copyOf(vendors);
    }
  }

  /// What happened.
  ///
  /// @param kills how many there were of each victim
  record Outcome(int uploads, Map<Victim, Integer> kills) {}

  private final Path work;
  private final BiFunction<Path, Path, Program> programs;
  private final Consumer<String> says;

  /// @param work an empty folder
  /// @param programs makes a program from a data folder and a file for its log
  CrashTest(Path work, BiFunction<Path, Path, Program> programs, Consumer<String> says) {
    this.work = work;
    this.programs = programs;
    this.says = says;
  }

  /// @throws CrashFailure when something was lost, doubled or stuck; the data folder and both
  ///   states are left to be looked at
  Outcome run(Plan plan) throws IOException, InterruptedException {
    World world = World.make(work, plan.rows, plan.seed);
    Map<String, Duration> undisturbed = new HashMap<>();
    for (String vendor : plan.vendors) {
      Cycle.Story story = cycle(world, vendor, new SplittableRandom(plan.seed), 0, Duration.ZERO);
      EndState.write(data(), expected(vendor));
      undisturbed.put(vendor, story.took());
      says.accept(vendor + " undisturbed: " + story.took().toMillis() + " ms");
    }
    SplittableRandom random = new SplittableRandom(plan.seed);
    Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    int total = 0;
    int uploads = 0;
    while (total < plan.kills) {
      String vendor = plan.vendors.get(uploads % plan.vendors.size());
      Duration window = window(undisturbed.getOrDefault(vendor, LEAST_WINDOW));
      int most = Math.min(MOST_KILLS_AN_UPLOAD, plan.kills - total);
      Cycle.Story story = cycle(world, vendor, random.split(), most, window);
      compare(vendor, story);
      uploads++;
      total += story.kills().size();
      story.kills().forEach(victim -> kills.merge(victim.victim(), 1, Integer::sum));
      says.accept(vendor + ": the same after " + story.kills() + "; " + total + " kills so far");
    }
    Workplace.delete(work);
    return new Outcome(uploads, kills);
  }

  private static Duration window(Duration undisturbed) {
    Duration window = Duration.ofMillis((long) (undisturbed.toMillis() * WINDOW));
    return window.compareTo(LEAST_WINDOW) < 0 ? LEAST_WINDOW : window;
  }

  private Path data() {
    return work.resolve("data");
  }

  private Path expected(String vendor) {
    return work.resolve("expected-" + vendor + ".txt");
  }

  private Cycle.Story cycle(
      World world, String vendor, SplittableRandom random, int kills, Duration window)
      throws IOException, InterruptedException {
    world.copyTo(data());
    try (Program program = programs.apply(data(), work.resolve("program.log"))) {
      return new Cycle(program, data(), vendor, world.file(vendor), random).run(kills, window);
    }
  }

  private void compare(String vendor, Cycle.Story story) throws IOException {
    Path actual = work.resolve("actual-" + vendor + ".txt");
    EndState.write(data(), actual);
    String difference = EndState.difference(expected(vendor), actual);
    if (!difference.isEmpty()) {
      throw new CrashFailure(
          "the end state of " + vendor + " differs after " + story.kills() + ": " + difference);
    }
    Files.delete(actual);
  }
}
