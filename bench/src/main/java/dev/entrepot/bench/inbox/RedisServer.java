package dev.entrepot.bench.inbox;

import dev.entrepot.bench.Machine;
import dev.entrepot.bench.ProcessTimes;
import dev.entrepot.bench.ServerProbe;
import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Redis that flushes its log at every write, as durable as the others.
final class RedisServer implements AutoCloseable {
  private static final int LOOKS = 200;

  private final Path folder;
  private final String version;
  private @Nullable Process process;
  private int port;

  RedisServer(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    String said = Machine.says(List.of("redis-server", "--version"));
    this.version = said.replaceFirst("^Redis server v=(\\S+).*", "Redis $1");
  }

  /// Starts it with nothing in it.
  void start() throws IOException, InterruptedException {
    Workplace.delete(folder);
    Files.createDirectories(folder);
    port = ServerProbe.freePort();
    process =
        new ProcessBuilder(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    for (int look = 0; look < LOOKS && process.isAlive(); look++) {
      if (ask("ping").equals("PONG")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(25);
    }
    throw new IOException("Redis does not answer:\n" + Files.readString(folder.resolve("log")));
  }

  int port() {
    return port;
  }

  /// The processor time it has used.
  double cpuSeconds() throws IOException {
    if (process == null) {
      throw new IllegalStateException("Redis was not started");
    }
    return ProcessTimes.of(process.pid()).own();
  }

  String version() {
    return version;
  }

  /// How many jobs wait in a queue of BullMQ's.
  long jobs(String queue) throws IOException, InterruptedException {
    return Long.parseLong(ask("llen", "bull:" + queue + ":wait"));
  }

  private String ask(String... words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("redis-cli", "-p", "" + port));
    command.addAll(List.of(words));
    Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return answer.strip();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }
}
