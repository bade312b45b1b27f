package dev.entrepot.bench.sync;

import dev.entrepot.bench.Median;
import dev.entrepot.bench.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The results as a page for people and as data.
record SyncReport(
    Map<String, String> facts, List<Contender> contenders, List<Measured> measurements) {
  static final String FIRST = "first";
  static final String AGAIN = "again";
  static final String LIMITS = "limits";

  private static final String HOW =
      """
      Products of a simulated Siesa (`rest`, 1,000 a page) are brought to a simulated Kong (100 a call, then the tags of those that have
      one, 100 a call). Both simulators are real HTTP in a process of their own; PostgreSQL (the product's own, fsync on), the simulators
      and what is measured share the machine's cores, one contender after the other, round by round, all with the same options for the
      JVM. Before each, the database is emptied and restarted and the simulators are new; every process first brings over the products
      of another account, which is not counted. What Kong holds afterwards is compared: all must leave the same. Processor time in
      microseconds per record hardly depends on who else uses the machine; rates do. Medians of the rounds.

      Entrepot runs its engine as `serve` does: pages are read while calls are made (4 at a time), each call is written down before it
      is made and settled with outcomes, known state and books in one transaction; it keeps what came, what was sent and how it
      differs of every record that changed, each exchange of the run for people to look at, and can be killed at any moment without
      sending anything twice with effect.

      The Spring Batch job has two steps in chunks of 100, the size of a call: a paging reader, the mapping, a writer that compares,
      calls, and keeps in the chunk's transaction what was sent and an outcome per record; then the tags that are due. One thread,
      one call at a time. Its repository lets it go on at the last chunk after a crash; the chunk whose answer was lost is sent again
      without a look. The Camel route reads a page, compares it in one query, makes the calls of the page 4 at a time, each settled in
      a transaction, then the page's tags likewise; a crash begins again from the first page, and what was sent is not sent again.
      Camel's HTTP component could not be had in the version measured (camel-http-base 4.22.0 is
      missing in the repository), so both use the JDK's client, and share the code that people
      write by hand: mapping, bodies, SQL (many rows a statement). Neither paces its calls, waits when told to (429), tells bad
      records from good ones when a call fails as a whole, looks up what became of an unknown call, keeps differences or exchanges,
      has an audit, or keeps accounts apart.

      """;

  private static final double MOST_TIMES_LEAST = 1.05;
  private static final double LEAST_RATE = 20_000;

  private List<Measured> of(String part, String contender) {
    return measurements.stream()
        .filter(one -> one.part().equals(part) && one.contender().equals(contender))
        .toList();
  }

  private Median median(String part, String contender, ToDoubleFunction<Measured> figure) {
    return Median.of(of(part, contender).stream().map(one -> figure.applyAsDouble(one)).toList());
  }

  private static Minimum minimum(Measured measured) {
    return Minimum.of(measured.records(), measured.tagged());
  }

  private static long calls(Measured measured) {
    return measured.pages() + measured.kong().writes();
  }

  /// What must hold, and whether it does.
  Map<String, Boolean> targets() {
    Map<String, Boolean> targets = new LinkedHashMap<>();
    if (!of(LIMITS, Contender.OURS).isEmpty()) {
      Measured one = of(LIMITS, Contender.OURS).getFirst();
      double least = minimum(one).time().toMillis() / 1e3;
      double took = median(LIMITS, Contender.OURS, Measured::seconds).value();
      targets.put(
          String.format(
              Locale.ROOT, "within the limits %.3f times the minimum (at most 1.05)", took / least),
          took <= MOST_TIMES_LEAST * least);
      double calls = median(LIMITS, Contender.OURS, measured -> calls(measured)).most();
      targets.put(
          String.format(
              Locale.ROOT, "%.0f calls, the least possible are %d", calls, minimum(one).calls()),
          calls <= minimum(one).calls());
    }
    if (!of(FIRST, Contender.OURS).isEmpty()) {
      double rate = median(FIRST, Contender.OURS, Measured::perSecond).value();
      targets.put(
          String.format(Locale.ROOT, "%,.0f records/s (at least 20,000)", rate),
          rate >= LEAST_RATE);
      double writes = median(AGAIN, Contender.OURS, one -> one.kong().writes()).most();
      targets.put(
          String.format(Locale.ROOT, "a second run makes %.0f calls that write (0)", writes),
          writes == 0);
    }
    return targets;
  }

  String markdown() {
    StringBuilder page = new StringBuilder("# Products from Siesa to Kong\n\n");
    page.append(HOW);
    table(page, "## The limits lifted, everything new", FIRST);
    table(page, "## The same again, nothing changed", AGAIN);
    limits(page);
    page.append("\n## Reached\n\n");
    targets()
        .forEach((target, reached) ->
            page.append("- ").append(reached ? "yes: " : "NO: ").append(target).append('\n'));
    page.append("\n## Where\n\n");
    facts.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    return page.toString();
  }

  private void table(StringBuilder page, String title, String part) {
    if (measurements.stream().noneMatch(one -> one.part().equals(part))) {
      return;
    }
    page.append(title)
        .append(
            """


            | | products | seconds | records/s | least to most | to Entrepot | program us | PostgreSQL us | simulators us | calls that write | MB |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
    for (Contender contender : contenders) {
      String key = contender.key();
      if (of(part, key).isEmpty()) {
        continue;
      }
      Median rate = median(part, key, Measured::perSecond);
      double ours =
          of(part, Contender.OURS).isEmpty()
              ? Double.NaN
              : median(part, Contender.OURS, Measured::perSecond).value();
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.2f | %,.0f | %,.0f to %,.0f | %.2f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
              contender.title(),
              of(part, key).getFirst().records(),
              median(part, key, Measured::seconds).value(),
              rate.value(),
              rate.least(),
              rate.most(),
              rate.value() / ours,
              median(part, key, Measured::cpuPerRecord).value(),
              median(part, key, Measured::serverCpuPerRecord).value(),
              median(part, key, Measured::simulatorCpuPerRecord).value(),
              median(part, key, one -> one.kong().writes()).value(),
              median(part, key, one -> one.resident() >> 20).value()));
    }
    page.append('\n');
  }

  private void limits(StringBuilder page) {
    if (of(LIMITS, Contender.OURS).isEmpty()) {
      return;
    }
    Measured one = of(LIMITS, Contender.OURS).getFirst();
    Minimum least = minimum(one);
    page.append(
        String.format(
            Locale.ROOT,
            """
            ## Within the limits: 100 calls in any minute on each side

            %,d products, %,d of them with a tag, need at least %d pages, %d calls with products and %d with tags. Call n + 100 of a side may
            come a minute after its call n at the soonest, so that the least time is %d s, calls themselves taking none.

            | | seconds | least to most | times the least | pages | products | tags | refused with 429 |
            |---|---|---|---|---|---|---|---|
            """,
            one.records(),
            one.tagged(),
            least.pages(),
            least.products(),
            least.tags(),
            least.time().toSeconds()));
    Median seconds = median(LIMITS, Contender.OURS, Measured::seconds);
    page.append(
        String.format(
            Locale.ROOT,
            "| Entrepot | %.2f | %.2f to %.2f | %.3f | %.0f | %.0f | %.0f | %.0f |%n",
            seconds.value(),
            seconds.least(),
            seconds.most(),
            seconds.value() / (least.time().toMillis() / 1e3),
            median(LIMITS, Contender.OURS, Measured::pages).value(),
            median(LIMITS, Contender.OURS, measured -> measured.kong().productCalls()).value(),
            median(LIMITS, Contender.OURS, measured -> measured.kong().tagCalls()).value(),
            median(LIMITS, Contender.OURS, measured -> measured.kong().throttled()).most()));
  }

  void write(Path folder, String name) throws IOException {
    Results.write(folder, name, markdown(), facts, targets(), measurements);
  }
}
