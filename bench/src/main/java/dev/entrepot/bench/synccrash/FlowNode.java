package dev.entrepot.bench.synccrash;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.Workplace;
import dev.entrepot.bench.chaos.Mortal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The node that works on the runs, in a process of its own.
final class FlowNode implements Mortal, AutoCloseable {
  private static final int MOST_STARTS = 20;

  private final Postgres postgres;
  private final Path data;
  private final Path log;
  private @Nullable Process process;
  private boolean working;

  FlowNode(Postgres postgres, Path data, Path log) {
    this.postgres = postgres;
    this.data = data;
    this.log = log;
  }

  @Override
  public void start() throws IOException {
    List<String> command = new ArrayList<>(Workplace.program());
    command.add(1, "-Dlogback.configurationFile=" + Workplace.bench().resolve("logback.xml"));
    command.addAll(List.of(FlowNodeProgram.class.getName(), data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(postgres.environment());
    working = false;
    process = builder.start();
  }

  /// Waits until it works. One that ended because it was started while the database was away is
  /// started again.
  @Override
  public void await() throws IOException {
    for (int tries = 0; !working && tries < MOST_STARTS; tries++) {
      Process now = process;
      if (now == null) {
        throw new IOException("the node was not started");
      }
      BufferedReader output = now.inputReader();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(FlowNodeProgram.WORKING)) {
          working = true;
          return;
        }
      }
      now.onExit().join();
      start();
    }
    if (!working) {
      throw new IOException("the node does not start; see " + log);
    }
  }

  @Override
  public boolean kill() throws InterruptedException {
    Process now = process;
    boolean alive = alive();
    if (now != null) {
      now.destroyForcibly().waitFor();
    }
    return alive;
  }

  @Override
  public boolean alive() {
    return process != null && process.isAlive();
  }

  /// Ends it in order.
  @Override
  public void close() throws IOException {
    if (process != null) {
      process.getOutputStream().close();
      process.onExit().join();
    }
  }
}
