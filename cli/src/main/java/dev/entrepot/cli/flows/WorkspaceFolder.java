package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A folder of configuration: `clients/` and `mappings/`. Only YAML and JSON are looked at, hidden
/// files and folders are not.
final class WorkspaceFolder {
  private static final int DEEPEST = 6;

  private final Path folder;

  WorkspaceFolder(Path folder) {
    this.folder = folder;
  }

  /// The body of a request with its files.
  ObjectNode body() {
    if (!Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.USAGE,
          "\"%s\" is no folder; make one of what is configured: entrepot workspace export %s"
              .formatted(folder, folder));
    }
    ObjectNode body = Api.object();
    ObjectNode texts = body.putObject("files");
    try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!name.startsWith(".") && !name.contains("/.") && name.matches(".*\\.(ya?ml|json)")) {
          texts.put(name, Files.readString(file));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "the workspace %s cannot be read: %s; nothing was done".formatted(folder, e.getMessage()),
          e);
    }
    if (texts.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s holds no YAML or JSON; a workspace has clients/ID.yaml and mappings/NAME.yaml"
              .formatted(folder));
    }
    return body;
  }

  /// Writes files over those of the same names; others stay.
  void write(JsonNode files) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      for (Map.Entry<String, JsonNode> file : files.properties()) {
        Path path = root.resolve(file.getKey()).normalize();
        if (!path.startsWith(root)) {
          throw new IOException(file.getKey() + " is outside of the folder");
        }
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(path, file.getValue().asString());
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "%s cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
