package dev.entrepot.cli.flows;

import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `entrepot workspace …`.
@Command(
    name = "workspace",
    description = "Configuration of flows as a folder of files; see also validate, plan and apply.",
    footer = {"Examples:", "  entrepot workspace export ./workspace"})
public final class WorkspaceCommand {
  private final Session session;

  public WorkspaceCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "export",
      description = {
        "Writes all clients and mappings into a folder, without any secret.",
        "Files that are there already are written over only with --force."
      },
      footer = {"Examples:", "  entrepot workspace export ./workspace"})
  int export(
      @Parameters(paramLabel = "DIR", description = "Made when it is not there.") Path folder,
      @Option(names = "--force", description = "Writes over files of the same names.")
          boolean force) {
    if (!force && filled(folder)) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s is not empty; take another folder, or write over its files with --force"
              .formatted(folder));
    }
    JsonNode exported = session.ask(api -> api.get(Query.of("/flows/workspace")));
    new WorkspaceFolder(folder).write(exported.path("files"));
    session.printDone(
        exported,
        "%d files written to %s; compare them any time with: entrepot plan %s"
            .formatted(exported.path("files").size(), folder, folder));
    return 0;
  }

  private static boolean filled(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> !String.valueOf(file.getFileName()).startsWith("."));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.USAGE, "%s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
