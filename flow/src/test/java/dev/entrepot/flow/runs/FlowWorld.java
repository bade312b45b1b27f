package dev.entrepot.flow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.Patience;
import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.flow.mapping.Problem;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A database, clients with sources and destinations in memory, and nodes.
final class FlowWorld implements AutoCloseable {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");
  static final List<Step> STEPS =
      List.of(
          new Step("products", "Products", 10, item -> Optional.of(without(item, "tag"))),
          new Step("tags", "Tags", 5, FlowWorld::tag));
  static final RetryPolicy QUICK =
      new RetryPolicy(3, 4, 6, 3, Duration.ofMillis(2), Duration.ofMillis(10));

  final Database database = TestDatabase.fresh();
  final Leases leases = new Leases(database, Clock.systemUTC());
  final Map<String, FlowSpec> specs = new ConcurrentHashMap<>();
  final List<RunWorker> workers = new ArrayList<>();
  final Runs runs = new Runs(database, this::spec, this::wake);
  final RunRecords records = new RunRecords(database);
  final OutstandingRecords outstanding = new OutstandingRecords(database);
  private final Path results;
  private final Duration timeToLive;
  private final BlockingQueue<Run> ended = new LinkedBlockingQueue<>();
  private final Map<UUID, Run> ends = new ConcurrentHashMap<>();

  /// Whose nodes keep their runs, however busy the machine is.
  FlowWorld(Path results) {
    this(results, Duration.ofMinutes(5));
  }

  /// @param timeToLive how long a run stays a node's own when nothing is heard of the node
  FlowWorld(Path results, Duration timeToLive) {
    this.results = results;
    this.timeToLive = timeToLive;
  }

  private Optional<FlowSpec> spec(String tenant) {
    return Optional.ofNullable(specs.get(tenant));
  }

  private void wake() {
    workers.forEach(RunWorker::wake);
  }

  RunWorker worker() {
    RunWorker worker =
        new RunWorker(
            database,
            leases,
            this::spec,
            new RunObserver() {
              @Override
              public void ended(Run run) {
                ended.add(run);
              }
            },
            Clock.systemUTC(),
            new RunWorkerSettings(
                "node-" + workers.size(), results, timeToLive, Duration.ofMillis(20), 64));
    workers.add(worker);
    worker.start();
    return worker;
  }

  void client(String tenant, MemorySource source, MemoryDestination destination) {
    client(tenant, source, destination, settings(MissingPolicy.KEEP));
  }

  void client(
      String tenant, MemorySource source, MemoryDestination destination, FlowSettings settings) {
    specs.put(
        tenant,
        new FlowSpec(
            tenant,
            "memory-memory",
            "memory-source",
            "memory-destination",
            FlowWorld::map,
            1,
            STEPS,
            settings,
            context -> source,
            context -> destination));
  }

  static FlowSettings settings(MissingPolicy missing) {
    return new FlowSettings(25, Duration.ofMinutes(5), missing, QUICK, 4, null, null);
  }

  Run run(String tenant, RunMode mode) throws InterruptedException {
    return end(runs.queue(tenant, mode, "test", ANNA));
  }

  /// Waits until a run has ended or its plan is made; its books balance, and the audit is clean.
  Run end(Run run) throws InterruptedException {
    while (!ends.containsKey(run.id())) {
      Run next = Patience.poll(ended, () -> "end of " + runs.find(run.id()));
      ends.put(next.id(), next);
    }
    Run last = runs.find(run.id()).orElseThrow();
    assertThat(last.books().balanced()).isTrue();
    if (last.state().ended()) {
      assertThat(last.books().pending()).isZero();
    }
    assertThat(new Audit(database, List.of(new FlowBooksCheck())).run().findings()).isEmpty();
    ends.remove(run.id());
    return last;
  }

  /// Waits until a run, as it is told of, is as it is to be.
  Run await(Run run, Predicate<Run> wanted) {
    AtomicReference<Run> now = new AtomicReference<>();
    Patience.await(
        () -> "wanted state of " + now,
        () -> {
          now.set(runs.find(run.id()).orElseThrow());
          return wanted.test(now.get());
        });
    return now.get();
  }

  /// Waits until no node works on anything, not even on what was taken from it.
  void idle() {
    Patience.await(
        () -> "rest of all nodes", () -> workers.stream().allMatch(one -> one.running() == 0));
  }

  /// Holds what a run's steps count against what a destination, to which nobody else wrote, has
  /// seen; and against the run's books.
  static void requireSums(Run run, MemoryDestination destination) {
    long calls = run.steps().stream().mapToLong(Run.StepCount::calls).sum();
    long lookups = run.steps().stream().mapToLong(Run.StepCount::lookups).sum();
    assertThat(calls).isEqualTo(destination.calls());
    assertThat(lookups).isEqualTo(destination.lookups());
    assertThat(run.calls()).isEqualTo(calls + lookups);
    for (Run.StepCount step : run.steps()) {
      assertThat(step.accepted()).isEqualTo(destination.held(step.step()).size());
      assertThat(step.accepted() + step.rejected()).isLessThanOrEqualTo(step.wanted());
    }
    long accepted = run.steps().stream().mapToLong(Run.StepCount::accepted).sum();
    long rejected = run.steps().stream().mapToLong(Run.StepCount::rejected).sum();
    assertThat(run.books().balanced()).isTrue();
    assertThat(run.books().written()).isLessThanOrEqualTo(accepted);
    assertThat(run.books().rejected()).isGreaterThanOrEqualTo(rejected);
  }

  String outcomes(Run run) {
    return new Ledger(database).outcomes(run.id());
  }

  /// Takes every run's lease away, as if its node were taken for dead.
  void stealLeases() {
    int _ =
        database.<Integer>write(connection ->
            Sql.of(
                    """
                    update lease set token = token + 1, holder = '', until = clock_timestamp()
                    where name like 'run:%'
                    """)
                .update(connection));
  }

  @Override
  public void close() {
    workers.forEach(RunWorker::close);
    database.close();
  }

  static Fields product(int id, String name, long quantity) {
    return product(id, name, quantity, null);
  }

  static Fields product(int id, String name, long quantity, @Nullable String tag) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("f_codigo", "P%05d".formatted(id));
    values.put("f_nombre", name);
    values.put("f_cantidad", quantity);
    if (tag != null) {
      values.put("f_tag", tag);
    }
    return new Fields(values);
  }

  /// As many products, every fourth with a tag.
  static MemorySource products(int count) {
    MemorySource source = new MemorySource();
    for (int i = 1; i <= count; i++) {
      source.add(product(i, "Product " + i, i, i % 4 == 0 ? "TAG" + i : null));
    }
    return source;
  }

  /// A source that stands still.
  ///
  /// @param begun opens when it does
  /// @param halted opens when its run is halted
  record Standstill(CountDownLatch begun, CountDownLatch halted) {}

  /// Has a source stand still at a page until its run halts.
  static Standstill standsStill(MemorySource source, int page) {
    Standstill still = new Standstill(new CountDownLatch(1), new CountDownLatch(1));
    source.failAt(
        page,
        () -> {
          still.begun().countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            still.halted().countDown();
          }
          return null;
        });
    return still;
  }

  static MappedRecord map(Fields source) {
    String key = source.text("f_codigo").orElse(null);
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("product_id", key);
    item.put("name", source.value("f_nombre"));
    item.put("quantity", source.value("f_cantidad"));
    if (source.has("f_tag")) {
      item.put("tag", source.value("f_tag"));
    }
    Fields fields = new Fields(item);
    if (key == null) {
      return new MappedRecord(
          null, fields, fields, List.of(new Problem("id", "REQUIRED", "id is missing", null)));
    }
    List<Problem> problems =
        source.text("f_nombre").filter(name -> !name.isBlank()).isPresent()
            ? List.of()
            : List.of(new Problem("name", "REQUIRED", "name is missing; fill f_nombre in", null));
    return new MappedRecord(key, fields, fields, problems);
  }

  private static Optional<Fields> tag(Fields item) {
    if (!item.has("tag")) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("tag_id", item.value("tag"));
    values.put("product_id", item.value("product_id"));
    return Optional.of(new Fields(values));
  }

  private static Fields without(Fields item, String name) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(item.values());
    values.remove(name);
    return new Fields(values);
  }

  /// What a destination is to hold of a source, by step and key.
  static Map<String, Fields> expected(MemorySource source, String step) {
    Map<String, Fields> expected = new java.util.TreeMap<>();
    for (Fields record : source.records()) {
      MappedRecord mapped = map(record);
      String key = mapped.key();
      if (key != null && mapped.problems().isEmpty()) {
        STEPS.stream()
            .filter(one -> one.name().equals(step))
            .forEach(
                one -> one.part().apply(mapped.item()).ifPresent(part -> expected.put(key, part)));
      }
    }
    return expected;
  }
}
