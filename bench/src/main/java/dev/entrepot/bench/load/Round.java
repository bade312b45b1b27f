package dev.entrepot.bench.load;

import dev.entrepot.bench.ProcessTimes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs contenders one at a time, each as a process of its own on an emptied table.
final class Round {
  private static final String RESULT = "RESULT ";
  private static final int TAIL_LINES = 30;

  private final Server server;
  private final Path file;
  private final JsonMapper json = JsonMapper.builder().build();

  Round(Server server, Path file) {
    this.server = server;
    this.file = file;
  }

  /// @throws IOException when the program fails, with the end of what it said
  Measured run(Contender contender, int round) throws IOException, InterruptedException {
    server.reset();
    if (contender.bare()) {
      server.addDefaults();
    }
    double serverCpu = server.cpuSeconds();
    double clientCpu = ProcessTimes.ofSelf().reaped();
    long start = System.nanoTime();
    JsonNode says = runProcess(contender);
    double life = (System.nanoTime() - start) / 1e9;
    clientCpu = ProcessTimes.ofSelf().reaped() - clientCpu;
    serverCpu = server.cpuSeconds() - serverCpu;
    if (contender.bare()) {
      server.dropDefaults();
    }
    return new Measured(
        contender.key(),
        contender.checks(),
        round,
        says == null ? life : says.path("seconds").doubleValue(),
        life,
        clientCpu,
        serverCpu,
        says,
        server.state());
  }

  private @Nullable JsonNode runProcess(Contender contender)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(contender.commandFor(file)).redirectErrorStream(true);
    builder.environment().putAll(server.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    JsonNode result = null;
    List<String> said = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(RESULT)) {
          result = json.readTree(line.substring(RESULT.length()));
        } else {
          said.add(line);
        }
      }
    }
    int status = process.waitFor();
    if (status != 0 || (contender.checks() && result == null)) {
      throw new IOException(
          contender.title()
              + " ended with status "
              + status
              + " and said:\n"
              + String.join(
                  "\n", said.subList(Math.max(0, said.size() - TAIL_LINES), said.size())));
    }
    return result;
  }
}
