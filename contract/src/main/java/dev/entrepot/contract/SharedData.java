package dev.entrepot.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Where the inputs lie that nobody here wrote; they are no part of the project, and tests that
/// need them are skipped without them.
public final class SharedData {
  /// With it, tests fail that would be skipped.
  private static final String REQUIRED = "entrepot.shared.required";

  private static final System.Logger LOG = System.getLogger(SharedData.class.getName());

  private SharedData() {}

  /// The folder, which may be absent: `data` in the folder that the system property
  /// `entrepot.shared` names.
  public static Path folder() {
    return Path.of(System.getProperty("entrepot.shared", "../shared"), "data");
  }

  /// A folder of them. Where it is absent, the test that asks is skipped and says so, or fails when
  /// the system property `entrepot.shared.required` is true.
  public static Path required(String name) {
    Path folder = folder().resolve(name);
    if (!Files.isDirectory(folder)) {
      String said = "NOT CHECKED, shared data absent: " + folder;
      if (Boolean.getBoolean(REQUIRED)) {
        throw new AssertionError(said);
      }
      LOG.log(System.Logger.Level.WARNING, said);
      Assumptions.abort(said);
    }
    return folder;
  }
}
