package dev.entrepot.bench.inbox;

import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The load generator: [wrk](https://github.com/wg/wrk) with a script, one thread, closed loop.
///
/// @param file what `deliveries` wrote
record Load(Path file, Deliveries deliveries) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RESULT = "RESULT ";

  /// What it says of a run.
  ///
  /// @param requests answered, with whatever status
  /// @param refused answered with another status than 200
  /// @param failed not answered
  /// @param p50 and the others: latency in microseconds
  record Seen(
      long requests,
      long microseconds,
      long refused,
      long failed,
      long p50,
      long p99,
      long p999,
      long max) {
    double acknowledgedPerSecond() {
      return (requests - refused) / (microseconds / 1e6);
    }
  }

  /// What one run of it saw.
  ///
  /// @param cpuSeconds the processor time it used itself
  /// @param nextState the first state of the orders that was not sent
  record Sent(Seen seen, double cpuSeconds, int nextState) {}

  /// @param run makes the ids of its events other than those of all other runs
  /// @param firstState of the orders to send
  /// @throws IOException when it fails; too few states for the time are a failure, too
  Sent send(int port, int connections, Duration time, String run, int firstState)
      throws IOException, InterruptedException {
    double before = ProcessTimes.ofSelf().reaped();
    Process process =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "--threads",
                    "1",
                    "--connections",
                    String.valueOf(connections),
                    "--duration",
                    time.toSeconds() + "s",
                    "--timeout",
                    "20s",
                    "--script",
                    Workplace.bench().resolve("receivers/deliver.lua").toString(),
                    "http://127.0.0.1:" + port,
                    "--",
                    file.toString(),
                    run,
                    String.valueOf(firstState)))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    Seen seen =
        said.lines()
            .filter(line -> line.startsWith(RESULT))
            .findFirst()
            .map(line -> JSON.readValue(line.substring(RESULT.length()), Seen.class))
            .orElseThrow(() -> new IOException("wrk ended with " + status + " and said:\n" + said));
    int sent = (int) ((seen.requests() + connections) / deliveries.orders().count()) + 1;
    if (firstState + sent > deliveries.states()) {
      throw new IOException(
          "the load generator sent all %d states of the orders before its time was over; make more"
              .formatted(deliveries.states()));
    }
    return new Sent(seen, ProcessTimes.ofSelf().reaped() - before, firstState + sent);
  }
}
