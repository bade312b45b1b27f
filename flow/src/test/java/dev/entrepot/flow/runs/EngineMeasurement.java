package dev.entrepot.flow.runs;

import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.destination.Lookup;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.SourcePage;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Leases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Measures how many records a second the engine takes from a source in memory to a destination in
/// memory, over a PostgreSQL of its own with fsync on the same machine. Run `main` with a folder
/// and the number of records; not a test.
final class EngineMeasurement {
  private record Products(int count, int generation) implements RecordSource {
    @Override
    public int largestPage() {
      return 1_000;
    }

    @Override
    public SourcePage read(Extract extract, @Nullable String after) {
      int from = after == null ? 0 : Integer.parseInt(after);
      int to = Math.min(count, from + extract.pageSize());
      List<Fields> records = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        records.add(record(i));
      }
      return new SourcePage(records, to < count ? String.valueOf(to) : null, 0, (long) count);
    }

    private Fields record(int i) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("f_codigo", "SKU-" + i);
      values.put("f_codigo_externo", "EXT-" + i);
      values.put("f_nombre", "Product number " + i + " with a name of usual length");
      values.put("f_ean", "770%010d".formatted(i));
      values.put("f_cantidad", (long) (i % 10 == 0 ? i + generation : i));
      values.put("f_ubicacion", "A-01-05");
      return new Fields(values);
    }

    @Override
    public List<String> check() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private static final class Accepting implements RecordDestination, Lookup {
    @Override
    public WriteAnswer write(String step, List<Write> writes) {
      return new WriteAnswer.Each(
          writes.stream().<WriteResult>map(_ -> new WriteResult.Accepted()).toList());
    }

    @Override
    public Map<String, Fields> find(String step, List<String> keys) {
      return Map.of();
    }

    @Override
    public List<String> check() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private EngineMeasurement() {}

  private static MappedRecord map(Fields source) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("product_id", source.value("f_codigo"));
    item.put("external_reference", source.value("f_codigo_externo"));
    item.put("name", source.value("f_nombre"));
    item.put("barcode", source.value("f_ean"));
    item.put("quantity", source.value("f_cantidad"));
    Fields fields = new Fields(item);
    return new MappedRecord(source.text("f_codigo").orElseThrow(), fields, fields, List.of());
  }

  private static FlowSpec spec(String tenant, int count, int generation) {
    return new FlowSpec(
        tenant,
        "memory-memory",
        "memory",
        "memory",
        EngineMeasurement::map,
        1,
        List.of(new Step("products", "Products", 100, Optional::of)),
        new FlowSettings(
            null, Duration.ofMinutes(5), MissingPolicy.KEEP, RetryPolicy.USUAL, 8, null, null),
        context -> new Products(count, generation),
        context -> new Accepting());
  }

  /// @param args a folder for the database, the number of records
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int count = Integer.parseInt(args[1]);
    int[] generation = {0};
    BlockingQueue<Run> ended = new LinkedBlockingQueue<>();
    RunObserver observer =
        new RunObserver() {
          @Override
          public void ended(Run run) {
            ended.add(run);
          }
        };
    try (Database database = Database.open(new DatabaseConfig.Embedded(folder, 10))) {
      database.migrate();
      Leases leases = new Leases(database, Clock.systemUTC());
      FlowSpecs specs = tenant -> Optional.of(spec(tenant, count, generation[0]));
      try (RunWorker worker =
          new RunWorker(
              database,
              leases,
              specs,
              observer,
              Clock.systemUTC(),
              RunWorkerSettings.usual("node", folder.resolveSibling("results")))) {
        worker.start();
        Runs runs = new Runs(database, specs, worker::wake);
        // Of each client: everything is new, nothing changed, a tenth changed.
        for (int round = 0; round < 12; round++) {
          generation[0] = round % 3 / 2;
          String client = "client-" + round / 3;
          Run _ = runs.queue(client, RunMode.INITIAL, "measure", Actor.system("measure"));
          Run end = ended.take();
          double seconds = end.duration(Clock.systemUTC().instant()).toMillis() / 1e3;
          IO.println(
              "%s: %s in %.2f s: %,.0f records/s"
                  .formatted(client, end.books(), seconds, count / seconds));
        }
      }
    }
  }
}
