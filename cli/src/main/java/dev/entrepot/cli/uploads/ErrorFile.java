package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// The file of an upload's rejected rows.
final class ErrorFile {
  private final Api api;

  ErrorFile(Api api) {
    this.api = api;
  }

  /// The format a file's name asks for.
  static String format(Path target) {
    String name = target.getFileName().toString();
    for (String format : new String[] {"csv", "xlsx"}) {
      if (name.endsWith("." + format)) {
        return format;
      }
    }
    throw new CommandException(
        ExitCode.USAGE, "\"" + target + "\" must end in .csv or .xlsx: its name says the format");
  }

  /// Writes the open rejected rows.
  ///
  /// @return false when there are none, and nothing was written
  boolean write(JsonNode upload, Path target) throws IOException {
    if (Values.number(upload, "open_errors") == 0) {
      return false;
    }
    try (OutputStream out = Files.newOutputStream(target)) {
      download(Values.text(upload, "id"), format(target), out);
    }
    return true;
  }

  void download(String id, String format, OutputStream out) throws IOException {
    api.download(Query.of("/uploads").segment(id).segment("errors." + format), out);
  }
}
