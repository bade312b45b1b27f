package dev.entrepot.cli.uploads;

import dev.entrepot.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// A file on its way out.
///
/// @param bytes in bytes; negative when it is not known
record FileToSend(String name, long bytes, Supplier<InputStream> content) {

  static boolean isStandardInput(Path file) {
    return file.toString().equals("-");
  }

  static FileToSend of(Path file, String standardInputName, Terminal terminal) throws IOException {
    if (isStandardInput(file)) {
      return new FileToSend(standardInputName, -1, terminal::in);
    }
    return new FileToSend(file.getFileName().toString(), Files.size(file), () -> open(file));
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException("\"" + file + "\" cannot be read: " + e.getMessage(), e);
    }
  }
}
