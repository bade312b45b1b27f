package dev.entrepot.contract;

import java.nio.file.Path;

/// Where the inputs lie that nobody here wrote; they are no part of the project, and tests that
/// need them are skipped without them.
public final class SharedData {
  private SharedData() {}

  /// The folder, which may be absent: `data` in the folder that the system property
  /// `entrepot.shared` names.
  public static Path folder() {
    return Path.of(System.getProperty("entrepot.shared", "../shared"), "data");
  }
}
