package dev.entrepot.cli.inbox;

import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The editor of the person at the terminal.
final class Editor {
  private final Map<String, String> environment;

  Editor(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Opens a text and waits until the editor is closed.
  ///
  /// @return a file that only its owner may read, to be deleted by the caller
  Path edit(String name, byte[] text) throws IOException {
    String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", ""));
    if (editor.isBlank()) {
      throw new CommandException(
          ExitCode.USAGE,
          "there is no editor: set EDITOR, such as EDITOR=nano, or give the text with --file");
    }
    Path draft = Files.createTempFile(name + "-", ".json");
    Files.write(draft, text);
    int code = run(editor, draft);
    if (code != 0) {
      Files.delete(draft);
      throw new CommandException(
          ExitCode.FAILED, "\"" + editor + "\" ended with " + code + "; nothing was done");
    }
    return draft;
  }

  /// By a shell, for the variable may hold arguments.
  private static int run(String editor, Path draft) throws IOException {
    try {
      return new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", draft.toString())
          .inheritIO()
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.FAILED, "interrupted; your text is in " + draft, e);
    }
  }
}
