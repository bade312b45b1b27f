package dev.entrepot.inbox.connections;

import dev.entrepot.storage.SecretSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Secrets as they are stored: sealed, or as a reference to where they are kept outside. Safe for
/// use by many threads.
public final class SecretValues {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";
  private static final int LONGEST_FILE = 64 << 10;

  private final SecretSeal seal;
  private final UnaryOperator<@Nullable String> environment;
  private final String whose;

  /// @param environment gives the values of `env:` secrets, as `System::getenv` does
  /// @param whose what has the secrets, such as `connection`
  public SecretValues(SecretSeal seal, UnaryOperator<@Nullable String> environment, String whose) {
    this.whose = whose;
    this.seal = seal;
    this.environment = environment;
  }

  /// What to store for a secret that somebody gave.
  ///
  /// @throws IllegalArgumentException for a reference that cannot be
  public String stored(String name, String given) {
    if (given.isBlank()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    if (reference(given) == null) {
      return seal.seal(owner(name), given);
    }
    if (given.startsWith(ENVIRONMENT) && !given.matches("env:[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "\"" + given + "\" does not name a variable; write env:NAME");
    }
    if (given.startsWith(FILE) && !path(given).isAbsolute()) {
      throw new IllegalArgumentException(
          "\"" + given + "\" does not name a file by its whole path; write file:/path");
    }
    return given;
  }

  /// The reference in a stored value; null when it is sealed.
  public static @Nullable String reference(String stored) {
    return stored.startsWith(ENVIRONMENT) || stored.startsWith(FILE) ? stored : null;
  }

  /// @throws IllegalStateException when it is not there; the message says where it was looked for
  public String resolve(String name, String stored) {
    if (stored.startsWith(ENVIRONMENT)) {
      String value = environment.apply(stored.substring(ENVIRONMENT.length()));
      if (value == null || value.isBlank()) {
        throw new IllegalStateException(
            "the environment has no value for "
                + stored
                + ", a secret of "
                + whose
                + " "
                + name
                + "; set it and start again");
      }
      return value;
    }
    return stored.startsWith(FILE) ? read(name, stored) : seal.open(owner(name), stored);
  }

  private String read(String name, String stored) {
    Path file = path(stored);
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new IOException("longer than " + LONGEST_FILE + " bytes");
      }
      String value = Files.readString(file).strip();
      if (value.isEmpty()) {
        throw new IOException("empty");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalStateException(
          "the file of "
              + stored
              + ", a secret of "
              + whose
              + " "
              + name
              + ", cannot be used ("
              + e
              + "); mend it, it is read again within a second",
          e);
    }
  }

  private static Path path(String reference) {
    try {
      return Path.of(reference.substring(FILE.length()));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + reference + "\" is no path; write file:/path", e);
    }
  }

  private String owner(String name) {
    return owner(whose, name);
  }

  /// Whose secret it is, to the seal.
  static String owner(String whose, String name) {
    return "inbox-" + whose + "/" + name;
  }
}
