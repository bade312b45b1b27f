package dev.entrepot.cli.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a command talks to: its results go to `out`, everything else (progress, hints, errors) to
/// `err`, so that results can be piped. Not safe for use by many threads.
///
/// @param columns the width of the terminal in characters
/// @param outIsTerminal whether a person reads `out` directly
/// @param errIsTerminal whether a person reads `err` directly
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    int columns,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  private static final int USUAL_COLUMNS = 100;
  private static final int FEWEST_COLUMNS = 40;

  public Terminal {
    columns = Math.max(FEWEST_COLUMNS, columns);
  }

  /// The terminal this process was started from.
  ///
  /// @param property looks up system properties; the launcher says in `entrepot.terminal.*` what
  ///   only a shell can know
  public static Terminal ofProcess(Function<String, @Nullable String> property) {
    boolean out = Boolean.parseBoolean(property.apply("entrepot.terminal.stdout"));
    boolean err = Boolean.parseBoolean(property.apply("entrepot.terminal.stderr"));
    String columns = property.apply("entrepot.terminal.columns");
    return new Terminal(
        System.in,
        stream(FileDescriptor.out, out ? property.apply("stdout.encoding") : null),
        stream(FileDescriptor.err, err ? property.apply("stderr.encoding") : null),
        columns == null || !columns.matches("[1-9]\\d{0,4}")
            ? USUAL_COLUMNS
            : Integer.parseInt(columns),
        out,
        err);
  }

  /// A terminal asks for its own encoding; files and pipes get UTF-8.
  private static PrintStream stream(FileDescriptor descriptor, @Nullable String encoding) {
    Charset charset =
        encoding != null && Charset.isSupported(encoding)
            ? Charset.forName(encoding)
            : StandardCharsets.UTF_8;
    return new PrintStream(new FileOutputStream(descriptor), true, charset);
  }

  /// How wide a line of the result may be: as wide as the terminal, into a file as it likes.
  public int width() {
    return outIsTerminal ? columns : Integer.MAX_VALUE;
  }

  /// Prints a line of the result.
  public void print(String line) {
    out.println(line);
  }

  /// Prints a line beside the result: a hint, an error.
  public void note(String line) {
    err.println(line);
  }

  /// Whether a person types at standard input, rather than a file or a program.
  // The check speaks of Java 22 to 24; since 25 the console is null again unless interactive.
  @SuppressWarnings("SystemConsoleNull")
  public boolean typed() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /// Asks for a secret without showing it; from a pipe, reads the first line.
  ///
  /// @return null at the end of the input
  // The check speaks of Java 22 to 24; since 25 the console is null again unless interactive.
  @SuppressWarnings("SystemConsoleNull")
  public @Nullable String secret(String prompt) {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("%s", prompt);
      return typed == null ? null : new String(typed);
    }
    try {
      // Not closed: standard input is not ours.
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
