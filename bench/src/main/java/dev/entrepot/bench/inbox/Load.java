package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The load generator: [wrk](https://github.com/wg/wrk) with a script, one thread, closed loop.
///
/// @param bodies the file that [Deliveries] wrote
record Load(Path bodies) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RESULT = "RESULT ";

  /// What one run of it saw.
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

  /// @param run makes the ids of its events other than those of all other runs
  Seen send(int port, int connections, Duration time, String run)
      throws IOException, InterruptedException {
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
                    bodies.toString(),
                    run))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return said.lines()
        .filter(line -> line.startsWith(RESULT))
        .findFirst()
        .map(line -> JSON.readValue(line.substring(RESULT.length()), Seen.class))
        .orElseThrow(() -> new IOException("wrk ended with " + status + " and said:\n" + said));
  }
}
