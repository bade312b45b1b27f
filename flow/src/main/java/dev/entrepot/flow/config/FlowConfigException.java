package dev.entrepot.flow.config;

import java.util.List;
import java.util.stream.Collectors;

/// Configuration that is refused. Messages name the thing, the value and the next step, never a
/// secret, and may be shown to the person who asked.
public final class FlowConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why, in kinds a caller can act on.
  public enum Code {
    /// It breaks rules; [FlowConfigException#problems()] has all of them.
    INVALID,
    /// There is no such thing.
    NOT_FOUND,
    /// It exists already, somebody else changed it meanwhile, or something else needs it.
    CONFLICT
  }

  private final Code code;
  private final transient List<ConfigProblem> problems;

  public FlowConfigException(Code code, String message) {
    this(code, message, List.of());
  }

  private FlowConfigException(Code code, String message, List<ConfigProblem> problems) {
    super(message);
    this.code = code;
    this.problems = List.copyOf(problems);
  }

  /// @param what is refused, such as `client acme`
  public static FlowConfigException invalid(String what, List<ConfigProblem> problems) {
    return new FlowConfigException(
        Code.INVALID,
        problems.stream()
            .filter(ConfigProblem::refuses)
            .map(ConfigProblem::toString)
            .collect(Collectors.joining("\n", what + " cannot be used:\n", "")),
        problems);
  }

  public Code code() {
    return code;
  }

  /// What is wrong, all of it; only of INVALID.
  public List<ConfigProblem> problems() {
    return problems;
  }
}
