package dev.entrepot.bench.sync;

import dev.entrepot.bench.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One that takes part.
///
/// @param key short name, in results
/// @param title for people
/// @param command starts it
record Contender(String key, String title, List<String> command) {
  static final String OURS = "entrepot";

  /// @param flow settings of the flow, JSON
  static Contender entrepot(Path data, String flow) {
    List<String> command = new ArrayList<>(Workplace.program());
    command.add(1, "-Dlogback.configurationFile=" + Workplace.bench().resolve("logback.xml"));
    command.addAll(List.of(EntrepotSync.class.getName(), data.toString(), flow));
    return new Contender(OURS, "Entrepot", command);
  }

  static Contender springBatch() {
    return other("spring-batch", "Spring Batch", "dev.entrepot.bench.springbatch.sync.SyncJob");
  }

  static Contender camel() {
    return other("camel", "Apache Camel", "dev.entrepot.bench.camel.CamelSync");
  }

  /// The jars of the framework that name its version.
  Map<String, String> versions() throws IOException {
    Path libraries = libraries(key);
    if (!Files.isDirectory(libraries)) {
      return Map.of();
    }
    try (Stream<Path> jars = Files.list(libraries)) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.matches("(spring-batch-core|camel-core-engine)-.*"))
          .findFirst()
          .map(name -> Map.of(title, name))
          .orElse(Map.of());
    }
  }

  private static Path libraries(String key) {
    return Workplace.bench().resolve(key).resolve("target").resolve("lib");
  }

  private static Contender other(String key, String title, String main) {
    List<String> command =
        new ArrayList<>(Workplace.program(libraries(key).resolve("*").toString()));
    command.add(main);
    return new Contender(key, title, command);
  }
}
