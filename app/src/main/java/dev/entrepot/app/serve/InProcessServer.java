package dev.entrepot.app.serve;

import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.Settings;
import dev.entrepot.app.settings.SettingsException;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.cli.api.LocalServer;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Starts the whole program for one command. When another command works on the data folder at the
/// moment, waits for it.
public final class InProcessServer implements LocalServer {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private final SettingsReader reader;
  private final Clock clock;

  public InProcessServer(SettingsReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public Running start(Path dataFolder) {
    Settings settings = settings(dataFolder);
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try {
        return running(Program.start(settings, clock));
      } catch (StartException e) {
        boolean wait = e.reason() == StartException.Reason.IN_USE && System.nanoTime() < deadline;
        if (!wait) {
          throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private Settings settings(Path dataFolder) {
    try {
      return reader.read(
          dataFolder,
          Map.of(Setting.HOST, "127.0.0.1", Setting.PORT, "0", Setting.WATCHED_FOLDER, ""));
    } catch (SettingsException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Running running(Program program) {
    return new Running() {
      @Override
      public URI address() {
        return program.address();
      }

      @Override
      public String apiKey() {
        return program.localKey();
      }

      @Override
      public void close() {
        program.close();
      }
    };
  }
}
