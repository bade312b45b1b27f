package dev.entrepot.cli.flows;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which mapping is tried, and on which records.
final class TrialRecords {
  @Parameters(
      paramLabel = "MAPPING",
      description = "A mapping's name, or a file with one in YAML or JSON.")
  private String mapping = "";

  @Option(names = "--client", paramLabel = "CLIENT", description = "Whose records.")
  private @Nullable String client;

  @Option(names = "--live", description = "Reads the client's source now, up to 200 records.")
  private boolean live;

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description = "A JSON object, or a list of them; - for standard input.")
  private @Nullable Path records;

  /// Its name, or a file with one.
  String mapping() {
    return mapping;
  }

  /// Null: the records are those of a file.
  @Nullable String client() {
    return client;
  }

  /// Whether the client's source is read now.
  boolean live() {
    return live;
  }

  @Nullable Path records() {
    return records;
  }
}
