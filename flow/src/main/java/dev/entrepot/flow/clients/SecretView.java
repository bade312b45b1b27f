package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.ConfigProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Credentials of a client's system, as they may be shown.
///
/// @param name `siesa-integration/{client_id}/{system}`
/// @param reference where they are kept outside, `env:NAME` or `file:/path`; null: sealed here
/// @param fields what they hold, secret ones masked, nested ones with points; empty when they
///   cannot be had
/// @param problems what is wrong with them
public record SecretView(
    String name,
    String client,
    String system,
    @Nullable String reference,
    Map<String, String> fields,
    List<ConfigProblem> problems,
    Instant updatedAt,
    String updatedBy) {
  public SecretView {
    fields = new TreeMap<>(fields);
    problems = List.copyOf(problems);
  }
}
