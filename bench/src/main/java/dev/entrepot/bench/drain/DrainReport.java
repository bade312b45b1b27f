package dev.entrepot.bench.drain;

import dev.entrepot.bench.Median;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The results as a page for people and as data.
record DrainReport(
    Map<String, String> facts, List<Contender> contenders, List<Measured> measurements) {

  private Median median(Contender contender, ToDoubleFunction<Measured> figure) {
    return Median.of(
        measurements.stream()
            .filter(one -> one.contender().equals(contender.key()))
            .map(one -> figure.applyAsDouble(one))
            .toList());
  }

  String markdown() {
    StringBuilder page = new StringBuilder("# Events handed on, each with an upsert\n\n");
    page.append(
        """
        Events that are on disk already are handed on: each one's JSON is read, and the state it tells, always a newer one of its key, is
        written where the state before it is. Entrepot runs as people run it (`serve`), reads its log, and writes its hot store with its
        look-ups, the books and the outcome of every event. The others have one task for each event, written down before, and upsert a
        table of three columns. They keep no order per key: the statement refuses older states, and "late" counts the events that came
        after a newer one of their key, which is seldom here, where 5,000 events lie between two of a key. All on the same PostgreSQL with fsync, one after the other, with the same options
        for the JVM; program and server share the machine's cores. After each run the stored states are compared with the last state of
        every key. Processor time in microseconds per event hardly depends on who else uses the machine; rates do. Medians of the rounds.

        | | events a round | events/s | least to most | program us | PostgreSQL us | late |
        |---|---|---|---|---|---|---|
        """);
    for (Contender contender : contenders) {
      Median rate = median(contender, Measured::perSecond);
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %,.0f | %,.0f to %,.0f | %.0f | %.0f | %,.0f |%n",
              contender.title(),
              median(contender, Measured::events).value(),
              rate.value(),
              rate.least(),
              rate.most(),
              median(contender, Measured::cpuPerEvent).value(),
              median(contender, Measured::serverCpuPerEvent).value(),
              median(contender, Measured::late).value()));
    }
    page.append("\n## Where\n\n");
    facts.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    return page.toString();
  }

  void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), markdown());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("facts", facts);
    document.put("measurements", measurements);
    Files.writeString(
        folder.resolve(name + ".json"),
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document)
            + "\n");
  }
}
