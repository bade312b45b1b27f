package dev.entrepot.bench.synccrash;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.chaos.Havoc;
import dev.entrepot.bench.chaos.Node;
import dev.entrepot.bench.sync.Simulators;
import dev.entrepot.bench.sync.SyncClient;
import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Two accounts with the same products at Siesa: the runs of one are interrupted by all that can
/// happen, those of the other are not. Afterwards Kong must hold the same for both, by the same
/// effects.
final class SyncCrash {
  private static final String TRIED = "tried";
  private static final String CALM = "calm";

  /// How many runs there are at least, when there are kills enough.
  private static final int RUNS = 12;

  private static final int PAUSE_MILLIS = 50;
  private static final Duration LEAST_WINDOW = Duration.ofMillis(500);
  private static final Duration WINDOW_A_PRODUCT = Duration.ofNanos(400_000);
  private static final String FLOW =
      """
      {"source_rate_limit": "none", "product_rate_limit": "none",
       "retries": {"fault": 20, "unavailable": 50, "throttled": 100, "first_pause": "PT0.05S",
         "longest_pause": "1s"}}
      """;

  /// What it is to do.
  ///
  /// @param kills how many there are in all
  /// @param products at Siesa in the beginning
  record Plan(int kills, int products, long seed) {}

  /// What happened.
  ///
  /// @param effects of the runs that were interrupted: things created and changed at Kong
  /// @param unknown calls whose result was unknown
  /// @param lookups calls that asked what Kong holds
  record Outcome(
      int runs, long effects, long unknown, long lookups, Map<Havoc.Blow, Integer> blows) {}

  private final Path work;
  private final Consumer<String> tell;
  private long effects;
  private long unknown;
  private long lookups;

  /// @param work an empty folder
  SyncCrash(Path work, Consumer<String> tell) {
    this.work = work;
    this.tell = tell;
  }

  /// @throws SyncCrashFailure when something is missing, was done twice, or is stuck
  Outcome run(Plan plan) throws IOException, InterruptedException {
    Path data = Files.createDirectories(work.resolve("data"));
    List<Simulators.Stock> stocks =
        List.of(
            new Simulators.Stock(TRIED, plan.products(), 1),
            new Simulators.Stock(CALM, plan.products(), 1));
    try (Postgres postgres = new Postgres(work.resolve("postgres"));
        Simulators simulators =
            Simulators.start(0, plan.seed(), stocks, work.resolve("simulators.log"))) {
      Desk desk = desk(postgres, simulators, data);
      Node node = new Node(data, postgres.url(), work.resolve("node.log"));
      try {
        node.start();
        node.await();
        return rounds(
            plan, desk, simulators, node, new Havoc(postgres, List.of(node), plan.seed(), tell));
      } finally {
        node.stop();
      }
    }
  }

  private static Desk desk(Postgres postgres, Simulators simulators, Path data) throws IOException {
    Desk desk = new Desk(postgres, data);
    SyncWorld world = new SyncWorld(simulators.siesa(), simulators.kong());
    desk.prepare(config -> {
      SyncClient.make(config, world, TRIED, FLOW);
      SyncClient.make(config, world, CALM, FLOW);
    });
    return desk;
  }

  private Outcome rounds(Plan plan, Desk desk, Simulators simulators, Node node, Havoc havoc)
      throws IOException, InterruptedException {
    Trouble trouble = new Trouble(simulators, TRIED, plan.seed());
    Random random = new Random(plan.seed());
    int runs = 0;
    while (havoc.kills() < plan.kills()) {
      RunMode mode = runs == 0 || random.nextInt(4) == 0 ? RunMode.INITIAL : RunMode.INCREMENTAL;
      Simulators.KongCounts before = simulators.kongCounts();
      trouble.arm(PAUSE_MILLIS);
      disturbed(desk, node, havoc, plan, mode, random);
      simulators.calm();
      Simulators.KongCounts between = simulators.kongCounts();
      Run _ = desk.await(desk.queue(CALM, mode));
      long done = compare(simulators, before, between);
      desk.requireClean();
      runs++;
      tell.accept(
          "run %d (%s): the same, %d things done at Kong; %d kills so far"
              .formatted(runs, mode, done, havoc.kills()));
      changeProducts(simulators, plan, random, runs);
    }
    return new Outcome(runs, effects, unknown, lookups, havoc.blows());
  }

  private void disturbed(Desk desk, Node node, Havoc havoc, Plan plan, RunMode mode, Random random)
      throws IOException, InterruptedException {
    var id = desk.queue(TRIED, mode);
    int most = Math.min(plan.kills(), havoc.kills() + Math.max(2, plan.kills() / RUNS));
    Duration window = LEAST_WINDOW.plus(WINDOW_A_PRODUCT.multipliedBy(plan.products()));
    while (havoc.kills() < most) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(window.toMillis()));
      if (desk.ended(id)) {
        break;
      }
      Havoc.Blow _ = havoc.strike();
      node.await();
    }
    Run run = desk.await(id);
    run.steps()
        .forEach(step -> {
          unknown += step.unknown();
          lookups += step.lookups();
        });
  }

  /// @param before the disturbed run
  /// @param between it and the undisturbed one
  /// @return how many things were created or changed
  private long compare(
      Simulators simulators, Simulators.KongCounts before, Simulators.KongCounts between)
      throws IOException, InterruptedException {
    Simulators.KongCounts tried = between.since(before);
    Simulators.KongCounts calm = simulators.kongCounts().since(between);
    Map<String, String> expected = simulators.held(CALM);
    Map<String, String> actual = simulators.held(TRIED);
    if (!expected.equals(actual)) {
      throw new SyncCrashFailure("Kong holds other things: " + difference(expected, actual));
    }
    if (tried.created() != calm.created() || tried.updated() != calm.updated()) {
      throw new SyncCrashFailure(
          "%d things were created and %d changed, undisturbed %d and %d"
              .formatted(tried.created(), tried.updated(), calm.created(), calm.updated()));
    }
    long done = tried.created() + tried.updated();
    effects += done;
    return done;
  }

  private static String difference(Map<String, String> expected, Map<String, String> actual) {
    for (var thing : expected.entrySet()) {
      String found = actual.get(thing.getKey());
      if (!thing.getValue().equals(found)) {
        return thing.getKey() + " should be " + thing.getValue() + ", and is " + found;
      }
    }
    return actual.keySet().stream()
        .filter(key -> !expected.containsKey(key))
        .findFirst()
        .map(key -> key + " should not be there")
        .orElse("nothing");
  }

  /// The same for both: many other quantities, some other names and tags, some new products.
  private static void changeProducts(Simulators simulators, Plan plan, Random random, int runs)
      throws IOException, InterruptedException {
    int sold = plan.products() / 2 + random.nextInt(plan.products() / 2);
    int added = random.nextInt(plan.products() / 20);
    for (String account : List.of(TRIED, CALM)) {
      simulators.change(account, added, sold);
    }
    for (int i = 0; i < 50; i++) {
      String code = "P%07d".formatted(1 + random.nextInt(plan.products()));
      String fields =
          "{\"f_nombre\": \"Otra %d-%d\", \"f_tag_rfid\": \"TAG-%d-%d\"}"
              .formatted(runs, i, runs, i);
      for (String account : List.of(TRIED, CALM)) {
        simulators.change(account, code, fields);
      }
    }
  }
}
