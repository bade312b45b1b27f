package dev.entrepot.app;

import dev.entrepot.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One command line, run as a person would run it, and what it said.
public record CommandRun(int code, String out, String err) {

  public static CommandRun of(Path data, String... arguments) {
    return of(Map.of("ENTREPOT_DATA", data.toString()), "", arguments);
  }

  /// @param input what stands on standard input
  static CommandRun of(Map<String, String> environment, String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            120,
            false,
            false);
    int code = Main.run(terminal, new HashMap<>(environment), arguments);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Standard output, which holds one JSON document and nothing else.
  JsonNode json() {
    return JsonMapper.shared().readTree(out);
  }
}
