package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.ConfigProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Secrets that are kept outside: in the environment or in files.
final class SecretReferences {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";
  private static final Pattern VARIABLE = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*");
  private static final int LONGEST = 64 << 10;

  private final UnaryOperator<@Nullable String> environment;

  SecretReferences(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  static boolean isReference(String value) {
    String plain = value.strip();
    return plain.startsWith(ENVIRONMENT) || plain.startsWith(FILE);
  }

  /// Tells what is wrong with how a reference is written.
  static void check(String reference, ConfigProblems problems) {
    String plain = reference.strip();
    if (plain.startsWith(ENVIRONMENT) && !VARIABLE.matcher(plain).matches()) {
      problems.error("", "\"%s\" does not name a variable".formatted(plain), "write env:NAME");
    } else if (plain.startsWith(FILE) && !absolute(plain.substring(FILE.length()))) {
      problems.error(
          "", "\"%s\" does not name a file by its whole path".formatted(plain), "write file:/path");
    }
  }

  private static boolean absolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// @throws IllegalStateException when it is not there; the message says where it was looked for
  String resolve(String reference) {
    if (reference.startsWith(ENVIRONMENT)) {
      String value = environment.apply(reference.substring(ENVIRONMENT.length()));
      if (value == null || value.isBlank()) {
        throw new IllegalStateException(
            "the environment has no value for %s; set it and start again".formatted(reference));
      }
      return value;
    }
    Path file = Path.of(reference.substring(FILE.length()));
    try {
      if (Files.size(file) > LONGEST) {
        throw new IOException("it is longer than " + LONGEST + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the file of %s cannot be read (%s); mend it, it is read each time it is needed"
              .formatted(reference, e),
          e);
    }
  }
}
