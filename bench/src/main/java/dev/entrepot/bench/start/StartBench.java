package dev.entrepot.bench.start;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.Median;
import dev.entrepot.bench.Memory;
import dev.entrepot.bench.ServerProbe;
import dev.entrepot.bench.Workplace;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `bench start`.
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Starts ./entrepot serve again and again on one data folder: how long until it answers with"
            + " its database, and how much memory the JVM holds when nothing happens.")
public final class StartBench implements Callable<Integer> {
  private static final double MOST_SECONDS = 3;
  private static final long MOST_MEGABYTES = 200;

  @Option(names = "--times", description = "How often it is started. Default: ${DEFAULT-VALUE}")
  private int times = 5;

  @Option(
      names = "--idle",
      description = "Seconds until it counts as idle. Default: ${DEFAULT-VALUE}")
  private int idle = 10;

  @Option(names = "--results", description = "Where results go. Default: bench/results")
  private Path results = Workplace.bench().resolve("results");

  /// One start.
  ///
  /// @param seconds from the start of the process to the first answer
  /// @param megabytes resident, once idle
  record Start(double seconds, long megabytes) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Workplace.work("start");
    Map<String, String> facts = Machine.facts(work);
    Start first = start(work);
    System.out.println("first start, which makes the database: " + first);
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      starts.add(start(work));
      System.out.println("later start: " + starts.getLast());
    }
    Median seconds = Median.of(starts.stream().map(Start::seconds).toList());
    Median memory = Median.of(starts.stream().map(start -> (double) start.megabytes).toList());
    boolean reached = seconds.value() <= MOST_SECONDS && memory.value() <= MOST_MEGABYTES;
    write(facts, first, starts, seconds, memory);
    Workplace.delete(work);
    return reached ? 0 : 1;
  }

  private Start start(Path work) throws IOException, InterruptedException {
    int port = ServerProbe.freePort();
    ProcessBuilder command =
        new ProcessBuilder(
                Workplace.root().resolve("entrepot").toString(),
                "serve",
                "--data",
                work.resolve("data").toString(),
                "--port",
                String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("log").toFile()));
    long begin = System.nanoTime();
    Process process = command.start();
    try {
      ServerProbe.awaitAnswer(port, process, Duration.ofMinutes(2));
      double seconds = (System.nanoTime() - begin) / 1e9;
      TimeUnit.SECONDS.sleep(idle);
      // The launcher becomes the JVM, so the process is the same.
      return new Start(seconds, Memory.residentNow(process.pid()) >> 20);
    } finally {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private void write(
      Map<String, String> facts, Start first, List<Start> starts, Median seconds, Median memory)
      throws IOException {
    StringBuilder page = new StringBuilder("# Start and idle memory\n\n");
    page.append(
        """
        `./entrepot serve` on a data folder that exists, embedded PostgreSQL included: from the start of the process to the first answer of
        `/api/v1/health/ready`, and the JVM's resident memory after %d idle seconds. Medians of %d starts.

        """
            .formatted(idle, times));
    page.append(line("seconds to the first answer", seconds, "%.2f", MOST_SECONDS));
    page.append(line("resident MB of the JVM, idle", memory, "%.0f", MOST_MEGABYTES));
    page.append(
        String.format(
            Locale.ROOT,
            "- the very first start, which makes the database: %.2f s%n%n## Where%n%n",
            first.seconds));
    facts.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    Files.createDirectories(results);
    String name = "start-" + LocalDate.now(ZoneOffset.UTC);
    Files.writeString(results.resolve(name + ".md"), page);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("facts", facts);
    document.put("first", first);
    document.put("starts", starts);
    Files.writeString(
        results.resolve(name + ".json"),
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document)
            + "\n");
    System.out.println("\n" + page);
  }

  private static String line(String what, Median median, String number, double most) {
    return String.format(
        Locale.ROOT,
        "- %s: %s (%s to %s; at most %s: %s)%n",
        what,
        number.formatted(median.value()),
        number.formatted(median.least()),
        number.formatted(median.most()),
        number.formatted(most),
        median.value() <= most ? "yes" : "NO");
  }
}
