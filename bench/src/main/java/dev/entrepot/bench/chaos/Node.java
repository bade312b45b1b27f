package dev.entrepot.bench.chaos;

import dev.entrepot.bench.ServerProbe;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One `entrepot serve` of the cluster, in a process of its own, on the same port at every start.
public final class Node implements Mortal {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_STARTS = 20;

  private final Path data;
  private final String databaseUrl;
  private final Path log;
  private final int port;
  private @Nullable Process process;

  /// @param data its folder, with the cluster's `secrets.key` in it
  /// @param log the file that its output is added to
  public Node(Path data, String databaseUrl, Path log) throws IOException {
    this.data = data;
    this.databaseUrl = databaseUrl;
    this.log = log;
    this.port = ServerProbe.freePort();
  }

  int port() {
    return port;
  }

  /// Starts the process; it does not answer yet.
  @Override
  public synchronized void start() throws IOException {
    List<String> command = new ArrayList<>(Workplace.program());
    command.add(1, "-Dchaos=true");
    command.addAll(
        List.of(
            "dev.entrepot.app.Main",
            "serve",
            "--data",
            data.toString(),
            "--port",
            String.valueOf(port),
            "--log-level",
            "warn"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("ENTREPOT_DATABASE_URL", databaseUrl);
    process = builder.start();
  }

  /// Waits until it answers. One that ended because it was started while the database was away is
  /// started again.
  @Override
  public void await() throws IOException, InterruptedException {
    for (int starts = 1; ; starts++) {
      Process now = process;
      if (now == null) {
        throw new IOException("the node was not started");
      }
      try {
        ServerProbe.awaitAnswer(port, now, PATIENCE);
        return;
      } catch (IOException e) {
        if (now.isAlive() || starts == MOST_STARTS) {
          throw e;
        }
        start();
      }
    }
  }

  /// `kill -9`, and waits for the end.
  ///
  /// @return whether it was alive
  @Override
  public synchronized boolean kill() throws InterruptedException {
    Process now = process;
    boolean alive = now != null && now.isAlive();
    if (now != null) {
      now.destroyForcibly().waitFor();
    }
    return alive;
  }

  @Override
  public synchronized boolean alive() {
    return process != null && process.isAlive();
  }

  /// Ends it in order.
  public synchronized void stop() throws InterruptedException {
    Process now = process;
    if (now != null) {
      now.destroy();
      if (!now.waitFor(60, TimeUnit.SECONDS)) {
        now.destroyForcibly().waitFor();
      }
    }
  }
}
