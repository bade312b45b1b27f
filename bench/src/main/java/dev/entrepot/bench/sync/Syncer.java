package dev.entrepot.bench.sync;

import dev.entrepot.bench.Memory;
import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.syncparts.SyncProgram;
import dev.entrepot.bench.syncparts.SyncWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A contender's process, ready to run.
final class Syncer implements AutoCloseable {
  private final Contender contender;
  private final Path log;
  private final Process process;
  private final BufferedReader output;

  /// Returns when it is ready.
  Syncer(Contender contender, Simulators simulators, Postgres postgres, Path log)
      throws IOException {
    this.contender = contender;
    this.log = log;
    ProcessBuilder builder =
        new ProcessBuilder(contender.command())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(postgres.environment());
    builder.environment().put(SyncWorld.SIESA_URL, simulators.siesa().toString());
    builder.environment().put(SyncWorld.KONG_URL, simulators.kong().toString());
    process = builder.start();
    output = process.inputReader();
    String _ = await(SyncProgram.READY);
  }

  /// Has it bring Kong to what Siesa has.
  ///
  /// @return the seconds that it says this took
  double run(String account) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((account + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
    return Double.parseDouble(await(SyncProgram.DONE));
  }

  private String await(String word) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length());
      }
    }
    throw new IOException(contender.title() + " ended; see " + log);
  }

  /// The processor time it has used.
  double cpuSeconds() throws IOException {
    return ProcessTimes.of(process.pid()).own();
  }

  /// What it holds in memory, in bytes.
  long resident() throws IOException {
    return Memory.residentNow(process.pid());
  }

  /// Ends it in order.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
