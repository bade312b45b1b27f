package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.Workplace;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench steady`.
@Command(
    name = "steady",
    mixinStandardHelpOptions = true,
    description =
        "Sends so many events a second for an hour, with parts of the log dropped every few minutes,"
            + " and watches memory, tables and the oldest event that waits.")
public final class SteadyBench implements Callable<Integer> {
  private static final String SECRET = "bench-secret-of-no-worth";
  private static final Duration SLICE = Duration.ofMinutes(2);
  private static final Duration RETENTION = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LINE = 30;
  private static final Duration COLD = Duration.ofMinutes(1);
  private static final double MOST_GROWTH = 1.1;

  // By lane the first event behind its position.
  private static final Sql OLDEST =
      Sql.of(
          """
          select coalesce(max(extract(epoch from clock_timestamp() - e.received_at)), 0)::float8 as age
          from inbox_lane l cross join lateral (
            select received_at from inbox_event
            where lane = l.lane and position > l.position order by position limit 1) e
          """);

  private static final Sql TABLES =
      Sql.of(
          """
          select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind in ('r', 'p')
          """);

  @Option(names = "--minutes", description = "How long. Default: ${DEFAULT-VALUE}")
  private int minutes = 60;

  @Option(names = "--rate", description = "Events a second. Default: ${DEFAULT-VALUE}")
  private int rate = 1_000;

  @Option(names = "--results", description = "Where results go. Default: bench/results")
  private Path results = Workplace.bench().resolve("results");

  /// One line of the result.
  ///
  /// @param oldest the greatest age of an event that waited, of all looks since the line before
  private record Line(
      long second, SteadyLoad.Figures load, double oldest, long resident, long tables) {
    String row() {
      return String.format(
          Locale.ROOT,
          "| %d:%02d | %,d | %d | %.1f | %.1f | %.2f | %d | %d |",
          second / 60,
          second % 60,
          load.acknowledged(),
          load.refused(),
          load.p50().toNanos() / 1e6,
          load.p99().toNanos() / 1e6,
          oldest,
          resident >> 20,
          tables >> 20);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Workplace.work("steady");
    try (Postgres postgres = new Postgres(work.resolve("postgres"));
        EntrepotReceiver receiver =
            new EntrepotReceiver(
                postgres,
                SECRET,
                work,
                List.of(
                    "--inbox-slice", SLICE.toSeconds() + "s",
                    "--inbox-retention", RETENTION.toSeconds() + "s"))) {
      receiver.start();
      List<Line> lines = new ArrayList<>();
      try (SteadyLoad load = new SteadyLoad(receiver.port(), rate, SECRET)) {
        System.out.println(HEAD);
        load.start();
        long end = TimeUnit.MINUTES.toSeconds(minutes);
        double oldest = 0;
        for (long second = 1; second <= end; second++) {
          TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
          oldest =
              Math.max(
                  oldest,
                  postgres
                      .database()
                      .read(connection -> OLDEST.one(connection, row -> row.float8("age"))));
          if (second % LOOKS_PER_LINE == 0) {
            Line line =
                new Line(
                    second,
                    load.figures(),
                    oldest,
                    receiver.resident(),
                    postgres
                        .database()
                        .read(connection -> TABLES.one(connection, row -> row.int8("bytes"))));
            System.out.println(line.row());
            lines.add(line);
            oldest = 0;
          }
        }
      }
      Map<String, Boolean> targets = targets(lines);
      write(work, postgres, lines, targets);
      return targets.containsValue(false) ? 1 : 0;
    } finally {
      Workplace.delete(work);
    }
  }

  /// What must hold, and whether it does. In the first minute Java is cold and the first parts of
  /// the log are filled.
  private Map<String, Boolean> targets(List<Line> lines) {
    Map<String, Boolean> targets = new LinkedHashMap<>();
    List<Line> warm = lines.stream().filter(line -> line.second() > COLD.toSeconds()).toList();
    long refused = lines.stream().mapToLong(line -> line.load().refused()).sum();
    targets.put(refused == 0 ? "none refused" : refused + " refused (none)", refused == 0);
    if (warm.isEmpty()) {
      targets.put("longer than the first " + COLD.toSeconds() + " s, in which Java is cold", false);
      return targets;
    }
    double oldest = warm.stream().mapToDouble(Line::oldest).max().orElseThrow();
    targets.put(
        String.format(
            Locale.ROOT,
            "no event waited for longer than %.2f s after the first %d s (less than 1)",
            oldest,
            COLD.toSeconds()),
        oldest < 1);
    if (warm.size() >= 4) {
      flat(targets, "resident memory", warm, Line::resident);
      flat(targets, "tables", warm, Line::tables);
    }
    return targets;
  }

  /// Both rise and fall: the highest of the last quarter is compared with that of the second.
  private static void flat(
      Map<String, Boolean> targets, String what, List<Line> lines, ToLongFunction<Line> figure) {
    int quarter = lines.size() / 4;
    long early = most(lines.subList(quarter, 2 * quarter), figure);
    long late = most(lines.subList(lines.size() - quarter, lines.size()), figure);
    targets.put(
        String.format(
            Locale.ROOT,
            "%s: at most %d MiB in the last quarter, %d MiB in the second (at most 1.1 times)",
            what,
            late >> 20,
            early >> 20),
        late <= MOST_GROWTH * early);
  }

  private static long most(List<Line> lines, ToLongFunction<Line> figure) {
    return lines.stream().mapToLong(figure).max().orElseThrow();
  }

  private static final String HEAD =
      "| time | acknowledged | refused | p50 ms | p99 ms | oldest waiting s | resident MiB | tables MiB |\n"
          + "|---|---|---|---|---|---|---|---|";

  private void write(Path work, Postgres postgres, List<Line> lines, Map<String, Boolean> targets)
      throws IOException {
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts(work));
    facts.put("PostgreSQL", postgres.version());
    facts.put(
        "asked",
        rate
            + " events of about 4,000 bytes a second, for "
            + minutes
            + " minutes; a new state each");
    facts.put(
        "log", "a part for " + SLICE.toSeconds() + " s, kept for " + RETENTION.toSeconds() + " s");
    StringBuilder text = new StringBuilder("# Events at a steady rate\n\n");
    facts.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    text.append("\n## Reached\n\n");
    targets.forEach((target, reached) ->
        text.append("- ").append(reached ? "yes: " : "NO: ").append(target).append('\n'));
    text.append("\n## Half a minute at a time\n\n").append(HEAD).append('\n');
    lines.forEach(line -> text.append(line.row()).append('\n'));
    Files.createDirectories(results);
    Files.writeString(results.resolve("steady-" + LocalDate.now(ZoneOffset.UTC) + ".md"), text);
  }
}
