package dev.entrepot.cli.inbox;

import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a secret comes from: never from the command line itself, which others can read.
final class SecretSource {
  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file with the secret, read here and sent; - for standard input.")
  private @Nullable Path file;

  @Option(
      names = "--secret-at",
      paramLabel = "WHERE",
      description = "Where the server itself finds it, always: env:NAME or file:/path.")
  private @Nullable String reference;

  /// Whether one was named.
  boolean isNamed() {
    return file != null || reference != null;
  }

  /// The secret, or where the server finds it. Without an option from `ENTREPOT_SECRET`, else asked
  /// for.
  String read(Session session, String prompt) {
    if (file != null && reference != null) {
      throw new CommandException(ExitCode.USAGE, "give --secret-file or --secret-at, not both");
    }
    if (reference != null) {
      if (!reference.startsWith("env:") && !reference.startsWith("file:")) {
        throw new CommandException(
            ExitCode.USAGE,
            "--secret-at says where the server finds the secret: env:NAME or file:/path. The secret"
                + " itself does not belong on a command line: give it on standard input");
      }
      return reference;
    }
    String given = file == null ? session.options().environment().get("ENTREPOT_SECRET") : null;
    if (given == null) {
      given = file == null || file.toString().equals("-") ? typed(session, prompt) : read(file);
    }
    return require(given);
  }

  private static @Nullable String typed(Session session, String prompt) {
    return session.terminal().secret(prompt);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read as text" : "does not exist";
      throw new CommandException(
          ExitCode.USAGE, "\"" + file + "\" " + reason + "; nothing was done", e);
    }
  }

  private static String require(@Nullable String given) {
    String secret = given == null ? "" : given.strip();
    if (secret.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "no secret was given; type it, give it on standard input, in ENTREPOT_SECRET, or with"
              + " --secret-file or --secret-at");
    }
    if (secret.startsWith("env:") || secret.startsWith("file:")) {
      throw new CommandException(
          ExitCode.USAGE, "\"env:\" and \"file:\" say where a secret is kept; use --secret-at");
    }
    return secret;
  }
}
