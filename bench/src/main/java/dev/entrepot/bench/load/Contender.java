package dev.entrepot.bench.load;

import java.nio.file.Path;
import java.util.List;

/// One way to bring a file into the catalogue's table: a program of its own that finds the server
/// in libpq's environment variables.
///
/// @param key short name, in results
/// @param title for people
/// @param checks whether it applies the rules, and so must leave the same table as the others
/// @param command the program and its arguments; the file follows as the last one
record Contender(String key, String title, boolean checks, List<String> command) {
  Contender {
    command = List.copyOf(command);
  }

  /// Whether the command loads by COPY alone, so that the columns a file lacks need defaults.
  boolean bare() {
    return !checks;
  }

  List<String> commandFor(Path file) {
    return command.stream().map(word -> word.replace("{file}", file.toString())).toList();
  }
}
