package dev.entrepot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The program as people run it, `entrepot serve`, in a process of its own, with an inbox
/// connection `bench` of Shopify's kind.
public final class ServedProgram implements AutoCloseable {
  public static final String CONNECTION = "bench";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Postgres postgres;
  private final String secret;
  private final Path work;
  private final List<String> options;
  private @Nullable Process process;
  private int port;

  /// @param secret that deliveries are signed with
  /// @param work a folder for its data and its log
  /// @param options of `serve`, besides the usual ones
  public ServedProgram(Postgres postgres, String secret, Path work, List<String> options) {
    this.options = List.copyOf(options);
    this.postgres = postgres;
    this.secret = secret;
    this.work = work;
  }

  private Path data() {
    return work.resolve("data");
  }

  /// Empties its folder and its database, and makes its tables and the connection.
  public void prepare() throws IOException {
    postgres.empty();
    Workplace.delete(data());
    Files.createDirectories(data());
    SenderConnection.make(postgres.database(), data(), CONNECTION, "shopify", secret);
  }

  /// Starts the process; it does not answer yet.
  public void start() throws IOException {
    port = ServerProbe.freePort();
    List<String> command = new ArrayList<>(Workplace.program());
    command.addAll(
        List.of(
            "dev.entrepot.app.Main",
            "serve",
            "--data",
            data().toString(),
            "--port",
            String.valueOf(port),
            "--log-level",
            "warn"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(work.resolve("entrepot.log").toFile()));
    builder.environment().put("ENTREPOT_DATABASE_URL", postgres.url());
    process = builder.start();
  }

  /// Waits until it answers.
  public void await() throws IOException, InterruptedException {
    ServerProbe.awaitAnswer(port, running(), PATIENCE);
  }

  /// Returns when it still runs.
  ///
  /// @throws IOException when it has ended
  public void requireAlive() throws IOException {
    if (!running().isAlive()) {
      throw new IOException(
          "the program ended:\n" + Files.readString(work.resolve("entrepot.log")));
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the program was not started");
    }
    return process;
  }

  public int port() {
    return port;
  }

  /// The processor time it has used.
  public double cpuSeconds() throws IOException {
    return ProcessTimes.of(running().pid()).own();
  }

  /// What it holds in memory, in bytes.
  public long resident() throws IOException {
    return Memory.residentNow(running().pid());
  }

  /// Stops it in order.
  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }
}
