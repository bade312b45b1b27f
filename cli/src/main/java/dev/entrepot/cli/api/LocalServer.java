package dev.entrepot.cli.api;

import java.net.URI;
import java.nio.file.Path;

/// Starts the whole program inside this process, for commands that find no server running.
public interface LocalServer {

  /// A server of our own, until it is closed.
  interface Running extends AutoCloseable {
    URI address();

    /// A key that may do everything on this server.
    String apiKey();

    @Override
    void close();
  }

  /// Starts on a free port of the loopback address and returns when it answers.
  ///
  /// @param dataFolder where its data is kept
  /// @throws dev.entrepot.cli.terminal.CommandException when it cannot start, naming the reason and
  ///   the next step
  Running start(Path dataFolder);
}
