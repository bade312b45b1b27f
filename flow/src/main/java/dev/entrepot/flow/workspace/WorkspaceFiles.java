package dev.entrepot.flow.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The texts of a workspace by their paths in it, such as `clients/acme.yaml`. Immutable.
///
/// @param texts in the order of their paths
public record WorkspaceFiles(Map<String, String> texts) {
  private static final int MOST_FILES = 20_000;
  private static final long LONGEST = 4L << 20;
  private static final int DEEPEST = 6;

  public WorkspaceFiles {
    texts = Collections.unmodifiableMap(new TreeMap<>(texts));
  }

  /// Reads all files of a folder but hidden ones.
  ///
  /// @throws UncheckedIOException when the folder or a file cannot be read
  public static WorkspaceFiles read(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path inside = folder.relativize(file);
        String name = inside.toString().replace('\\', '/');
        if (name.startsWith(".") || name.contains("/.")) {
          continue;
        }
        if (texts.size() >= MOST_FILES || Files.size(file) > LONGEST) {
          throw new IOException(
              "%s: a workspace has at most %d files, of at most %d bytes each"
                  .formatted(file, MOST_FILES, LONGEST));
        }
        texts.put(name, text(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the workspace %s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    return new WorkspaceFiles(texts);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no text in UTF-8", e);
    }
  }

  /// Writes the files into a folder, over those of the same names; others stay.
  ///
  /// @throws UncheckedIOException when one cannot be written
  public void write(Path folder) {
    try {
      for (Map.Entry<String, String> file : texts.entrySet()) {
        Path path = folder.resolve(file.getKey()).normalize();
        if (!path.startsWith(folder.normalize())) {
          throw new IOException(file.getKey() + " is outside of the folder");
        }
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the workspace %s cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
