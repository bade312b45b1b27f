package dev.entrepot.flow.workspace;

import dev.entrepot.flow.config.ConfigProblem;

/// What is wrong or doubtful in a file.
///
/// @param file its path in the workspace, with slashes
/// @param line from 1
public record FileProblem(String file, int line, ConfigProblem problem) {

  /// As editors and terminals understand it: `clients/acme.yaml:4: …`.
  @Override
  public String toString() {
    String kind = problem.refuses() ? "" : "warning: ";
    return "%s:%d: %s%s".formatted(file, line, kind, problem);
  }
}
