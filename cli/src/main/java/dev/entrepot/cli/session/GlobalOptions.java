package dev.entrepot.cli.session;

import dev.entrepot.cli.terminal.OutputFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options every command takes, wherever they stand on the command line. Filled in while the
/// command line is parsed; ask afterwards.
public final class GlobalOptions {
  private final Map<String, String> environment;
  private Path data;
  private @Nullable URI url;
  private @Nullable String apiKey;
  private OutputFormat output = OutputFormat.TEXT;
  private boolean verbose;

  public GlobalOptions(Map<String, String> environment) {
    this.environment = environment;
    this.data = Path.of(environment.getOrDefault("ENTREPOT_DATA", "data"));
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The data folder. Default: ENTREPOT_DATA, else ./data")
  void data(@Nullable Path folder) {
    if (folder != null) {
      data = folder;
    }
  }

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "A server elsewhere. Default: ENTREPOT_URL, else the server that runs on the data"
              + " folder, else one started for this command.")
  void url(@Nullable URI address) {
    url = address;
  }

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      scope = ScopeType.INHERIT,
      description = "The key for --url. Default: ENTREPOT_API_KEY, which no process list shows.")
  void apiKey(@Nullable String key) {
    apiKey = key;
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "text for people (default), json for programs: ${COMPLETION-CANDIDATES}")
  void output(@Nullable OutputFormat format) {
    output = format == null ? OutputFormat.TEXT : format;
  }

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Logs what happens, and shows where an error came from.")
  void verbose(boolean asked) {
    verbose = asked;
  }

  public Path data() {
    return data.toAbsolutePath().normalize();
  }

  public @Nullable URI url() {
    String fromEnvironment = environment.get("ENTREPOT_URL");
    return url != null || fromEnvironment == null ? url : URI.create(fromEnvironment);
  }

  public @Nullable String apiKey() {
    return apiKey != null ? apiKey : environment.get("ENTREPOT_API_KEY");
  }

  public OutputFormat output() {
    return output;
  }

  public boolean json() {
    return output == OutputFormat.JSON;
  }

  public boolean verbose() {
    return verbose;
  }

  /// The process's environment.
  public Map<String, String> environment() {
    return environment;
  }
}
