package dev.entrepot.flow.config;

import java.util.ArrayList;
import java.util.List;

/// Problems as they are found. Not safe for use by several threads.
public final class ConfigProblems {
  private final List<ConfigProblem> found = new ArrayList<>();

  public void error(String place, String message, String remedy) {
    found.add(new ConfigProblem(ConfigProblem.Severity.ERROR, place, message, remedy));
  }

  public void warning(String place, String message, String remedy) {
    found.add(new ConfigProblem(ConfigProblem.Severity.WARNING, place, message, remedy));
  }

  public void addAll(List<ConfigProblem> problems) {
    found.addAll(problems);
  }

  /// All so far, in the order in which they were found.
  public List<ConfigProblem> all() {
    return List.copyOf(found);
  }

  /// Whether what was looked at has to be refused.
  public boolean refuses() {
    return found.stream().anyMatch(ConfigProblem::refuses);
  }

  /// @param what was looked at, such as `mapping kong-standard`
  /// @throws FlowConfigException INVALID with all of them, when one of them refuses
  public void requireNone(String what) {
    if (refuses()) {
      throw FlowConfigException.invalid(what, all());
    }
  }
}
