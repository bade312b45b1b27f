package dev.entrepot.flow.workspace;

import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.config.ConfigTree;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a workspace says, as far as it could be read.
///
/// @param mappings by name
/// @param clients by id
/// @param problems in the order of the files
public record WorkspaceContent(
    Map<String, ConfigTree> mappings,
    Map<String, ClientConfig> clients,
    List<FileProblem> problems) {
  public WorkspaceContent {
    mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
    clients = Collections.unmodifiableMap(new TreeMap<>(clients));
    problems = List.copyOf(problems);
  }

  /// Whether it has to be mended before it can be applied.
  public boolean refuses() {
    return problems.stream().anyMatch(problem -> problem.problem().refuses());
  }
}
