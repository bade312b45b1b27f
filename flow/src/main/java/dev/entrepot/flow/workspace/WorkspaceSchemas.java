package dev.entrepot.flow.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The JSON Schemas (2020-12) of a workspace's files, for editors. What they refuse is refused;
/// what they take may still be refused, for reasons that a schema cannot say.
public enum WorkspaceSchemas {
  CLIENT,
  MAPPING;

  /// The name of its file.
  public String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".schema.json";
  }

  /// The schema.
  public String text() {
    try (InputStream stream = WorkspaceSchemas.class.getResourceAsStream(fileName())) {
      if (stream == null) {
        throw new IllegalStateException(fileName() + " is not in the program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
