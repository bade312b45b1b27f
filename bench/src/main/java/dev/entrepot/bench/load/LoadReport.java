package dev.entrepot.bench.load;

import dev.entrepot.bench.Median;
import dev.entrepot.bench.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The results as a page for people and as data.
///
/// @param facts machine, versions, file
record LoadReport(
    Map<String, String> facts, List<Contender> contenders, List<Measured> measurements) {
  private static final String OURS = "entrepot";
  private static final String COPY = "copy";

  private Median median(String contender, ToDoubleFunction<Measured> figure) {
    return Median.of(
        measurements.stream()
            .filter(measured -> measured.contender().equals(contender))
            .map(measured -> figure.applyAsDouble(measured))
            .toList());
  }

  private double seconds(String contender) {
    return median(contender, Measured::seconds).value();
  }

  /// What must hold, and whether it does.
  Map<String, Boolean> targets() {
    Map<String, Boolean> targets = new LinkedHashMap<>();
    double ours = seconds(OURS);
    targets.put(
        String.format(
            Locale.ROOT,
            "Entrepot takes %.2f times as long as psql \\copy (at most 2)",
            ours / seconds(COPY)),
        ours <= 2 * seconds(COPY));
    for (Contender other : contenders) {
      if (other.checks() && !other.key().equals(OURS) && !other.key().equals("node-copy")) {
        targets.put(
            String.format(
                Locale.ROOT,
                "%s takes %.2f times as long as Entrepot (at least 5)",
                other.title(),
                seconds(other.key()) / ours),
            seconds(other.key()) >= 5 * ours);
      }
    }
    double heap = median(OURS, measured -> said(measured, "heapUsedMost")).most();
    targets.put(
        String.format(Locale.ROOT, "Entrepot's heap held at most %.0f MB (at most 256)", heap),
        heap <= 256);
    return targets;
  }

  private static double said(Measured measured, String figure) {
    @Nullable JsonNode says = measured.says();
    return says == null ? Double.NaN : says.path(figure).asDouble(Double.NaN);
  }

  String markdown() {
    StringBuilder page = new StringBuilder("# One file into one table, in several ways\n\n");
    page.append(
        """
        Each way loads the same file into the same table (`product`, with all its indexes) on the same server, the product's own
        embedded PostgreSQL with its own settings (fsync on), one after the other, round by round. Before each, all tables are emptied and
        the server is restarted. Seconds are from the first byte read to the last row committed (for psql: the life of its process),
        medians of the rounds; "server CPU" is what the database used meanwhile.

        `psql \\copy` checks nothing: it loads the bad rows as well. The two columns the file lacks get temporary defaults (the vendor; a
        slug from a sequence, as long and as scattered as a real one), dropped afterwards. All others apply the same rules to each row,
        merge by key, keep slugs unique, keep each rejected row as a dead letter, and must leave the same table: the checksum over
        all columns but ids and times is compared. The Spring Batch job calls Entrepot's own rule classes; the Node scripts have
        them translated. Both hold the keys of the file in memory and cannot resume where they stopped without reading the table again.
        Entrepot besides keeps the file (SHA-256, flushed), writes the books, and can be killed at any moment.

        Read the column "times \\copy" as the bound of every ratio: most of psql's time is the server's, for a table with four unique
        indexes, and everyone pays it. Something as fast as psql that also checked would beat each of the others by that factor and
        no more.

        """);
    table(page);
    page.append("\n## Reached\n\n");
    targets()
        .forEach((target, reached) ->
            page.append("- ").append(reached ? "yes: " : "NO: ").append(target).append('\n'));
    page.append("\n## Where\n\n");
    facts.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    return page.toString();
  }

  private void table(StringBuilder page) {
    page.append(
        """
        | | seconds | least to most | rows/s | times \\copy | own CPU s | server CPU s | resident MB |
        |---|---|---|---|---|---|---|---|
        """);
    long rows = Long.parseLong(facts.getOrDefault("rows", "0"));
    for (Contender contender : contenders) {
      Median seconds = median(contender.key(), Measured::seconds);
      double resident = median(contender.key(), measured -> said(measured, "residentMost")).most();
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f to %.1f | %,.0f | %.2f | %.1f | %.1f | %s |%n",
              contender.title(),
              seconds.value(),
              seconds.least(),
              seconds.most(),
              rows / seconds.value(),
              seconds.value() / seconds(COPY),
              median(contender.key(), Measured::clientCpuSeconds).value(),
              median(contender.key(), Measured::serverCpuSeconds).value(),
              Double.isNaN(resident) ? "" : String.format(Locale.ROOT, "%.0f", resident)));
    }
  }

  void write(Path folder, String name) throws IOException {
    Results.write(folder, name, markdown(), facts, targets(), measurements);
  }
}
