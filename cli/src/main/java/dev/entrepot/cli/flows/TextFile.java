package dev.entrepot.cli.flows;

import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A text that lies here, or stands on standard input.
final class TextFile {
  private TextFile() {}

  /// @param file `-` for standard input
  /// @throws CommandException USAGE when it cannot be read
  static String read(Session session, Path file) {
    try {
      return file.toString().equals("-")
          ? new String(session.terminal().in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read as text" : "does not exist";
      throw new CommandException(
          ExitCode.USAGE, "\"%s\" %s; nothing was done".formatted(file, reason), e);
    }
  }
}
