package dev.entrepot.cli.session;

import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that a command writes: it is there whole or not at all.
public final class TargetFile {
  private TargetFile() {}

  /// What is written.
  @FunctionalInterface
  public interface Writer {
    void to(OutputStream out) throws IOException;
  }

  /// @throws CommandException when the place cannot be written to
  public static void write(Path target, Writer writer) throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = open(target, partial)) {
        writer.to(out);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static OutputStream open(Path target, Path partial) {
    try {
      return Files.newOutputStream(partial);
    } catch (NoSuchFileException e) {
      throw unwritable(target, "there is no folder " + target.toAbsolutePath().getParent(), e);
    } catch (AccessDeniedException e) {
      throw unwritable(
          target,
          "the folder " + target.toAbsolutePath().getParent() + " may not be written to",
          e);
    } catch (IOException e) {
      throw unwritable(target, String.valueOf(e.getMessage()), e);
    }
  }

  private static CommandException unwritable(Path target, String reason, IOException cause) {
    return new CommandException(
        ExitCode.FAILED,
        target + " cannot be written: " + reason + "; give another with --to",
        cause);
  }
}
