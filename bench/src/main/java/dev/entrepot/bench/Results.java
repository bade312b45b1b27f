package dev.entrepot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Keeps a measurement: for people and, with every single value, for programs.
public final class Results {
  private Results() {}

  /// Writes `name.md` and `name.json`.
  public static void write(
      Path folder,
      String name,
      String markdown,
      Map<String, String> facts,
      Map<String, Boolean> targets,
      List<?> measurements)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), markdown);
    Map<String, Object> document =
        new TreeMap<>(Map.of("facts", facts, "measurements", measurements, "targets", targets));
    Files.writeString(
        folder.resolve(name + ".json"),
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document)
            + "\n");
  }
}
