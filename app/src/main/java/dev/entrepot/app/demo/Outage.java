package dev.entrepot.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What no receiver of events is spared: its database dies without a word. Here it is killed, and
/// the program starts it again.
final class Outage implements Runnable {
  private static final Duration AFTER = Duration.ofMillis(1_500);
  private static final int DEEPEST = 3;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int MOST_LOOKS = 1_200;

  private final Path postgres;

  /// @param postgres folder of the embedded server
  Outage(Path postgres) {
    this.postgres = postgres;
  }

  @Override
  public void run() {
    try {
      TimeUnit.MILLISECONDS.sleep(AFTER.toMillis());
      boolean _ = running().destroyForcibly();
    } catch (IOException e) {
      throw new UncheckedIOException("the database's process was not found in " + postgres, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// It may still be on its way up from the outage before.
  private ProcessHandle running() throws IOException, InterruptedException {
    Optional<ProcessHandle> server = server();
    for (int looks = 0; server.isEmpty() && looks < MOST_LOOKS; looks++) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      server = server();
    }
    return server.orElseThrow(
        () -> new IllegalStateException("no database runs in " + postgres + " to be killed"));
  }

  private Optional<ProcessHandle> server() throws IOException {
    try (Stream<Path> found =
        Files.find(
            postgres,
            DEEPEST,
            (path, facts) -> path.endsWith("postmaster.pid") && facts.isRegularFile())) {
      Optional<Path> file = found.findFirst();
      return file.isEmpty()
          ? Optional.empty()
          : Files.readAllLines(file.get()).stream()
              .findFirst()
              .map(line -> Long.parseLong(line.strip()))
              .flatMap(ProcessHandle::of);
    }
  }
}
