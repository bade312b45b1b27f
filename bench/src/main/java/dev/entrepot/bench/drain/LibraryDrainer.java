package dev.entrepot.bench.drain;

import dev.entrepot.bench.Postgres;
import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program of this package that hands events on by somebody's library, with the options the
/// product is started with.
final class LibraryDrainer implements Drainer {
  private static final int TAIL = 30;

  private final Postgres postgres;
  private final Class<?> program;
  private final long warmUp;
  private final List<String> said = new ArrayList<>();
  private @Nullable Process process;
  private @Nullable BufferedReader output;

  /// @param warmUp how many events are not counted, at the beginning
  LibraryDrainer(Postgres postgres, Class<?> program, long warmUp) {
    this.postgres = postgres;
    this.program = program;
    this.warmUp = warmUp;
  }

  @Override
  public void fill(Events events) throws IOException {
    postgres.empty();
    List<String> command = new ArrayList<>(Workplace.program());
    command.addAll(
        List.of(
            program.getName(),
            String.valueOf(events.orders().count()),
            String.valueOf(events.orders().bytes()),
            String.valueOf(events.count()),
            String.valueOf(warmUp)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(postgres.environment());
    Process started = builder.start();
    process = started;
    output = started.inputReader();
    awaitLine(Milestones.FILLED);
  }

  @Override
  public void start() throws IOException {
    running().getOutputStream().write('\n');
    running().getOutputStream().flush();
  }

  @Override
  public void awaitDone(long events) throws IOException {
    awaitLine(Milestones.REACHED + events);
  }

  private String awaitLine(String beginning) throws IOException {
    if (output == null) {
      throw new IllegalStateException(program + " was not started");
    }
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
      said.add(line);
    }
    throw new IOException(
        program.getSimpleName()
            + " ended and said:\n"
            + String.join("\n", said.subList(Math.max(0, said.size() - TAIL), said.size())));
  }

  @Override
  public double cpuSeconds() throws IOException {
    return ProcessTimes.of(running().pid()).own();
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(program + " was not started");
    }
    return process;
  }

  @Override
  public long check(Events events) throws IOException {
    long late = Long.parseLong(awaitLine(Milestones.LATE).substring(Milestones.LATE.length()));
    HotOrders.require(postgres.database(), HotOrders.SELECT, events);
    return late;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }
}
