package dev.entrepot.cli.inbox;

import dev.entrepot.cli.api.Api;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// What can be said of a connection on the command line, as the API wants it. Only what was given
/// is in it.
final class ConnectionFields {
  private final ObjectNode fields = Api.object();
  private final ObjectNode settings = Api.object();

  /// Puts what was given into a connection's description.
  void applyTo(ObjectNode connection) {
    connection.setAll(fields);
    if (!settings.isEmpty()) {
      connection.withObject("settings").setAll(settings);
    }
  }

  boolean isEmpty() {
    return fields.isEmpty() && settings.isEmpty();
  }

  @Option(names = "--title", paramLabel = "TEXT", description = "What people call it.")
  void title(@Nullable String title) {
    if (title != null) {
      fields.put("title", title);
    }
  }

  @Option(
      names = {"-s", "--set"},
      paramLabel = "NAME=VALUE",
      description = "A setting of its kind; may be repeated. See: entrepot connection kinds")
  void setting(@Nullable Map<String, String> given) {
    if (given != null) {
      given.forEach((name, value) -> settings.put(name, value == null ? "" : value));
    }
  }

  @Option(
      names = "--max-body-bytes",
      paramLabel = "N",
      description = "Larger events are refused. Default: 10485760 (10 MiB)")
  void mostBodyBytes(@Nullable Integer bytes) {
    if (bytes != null) {
      fields.put("most_body_bytes", bytes);
    }
  }

  @Option(
      names = "--after-dead-letter",
      paramLabel = "POLICY",
      description = "A key goes on after a dead letter (release, the default) or waits (park).")
  void deadLetters(@Nullable AfterDeadLetter policy) {
    if (policy != null) {
      fields.put("dead_letters", policy.name().toLowerCase(Locale.ROOT));
    }
  }

  enum AfterDeadLetter {
    RELEASE,
    PARK
  }
}
