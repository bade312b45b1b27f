package dev.entrepot.console.server;

import java.util.Optional;
import java.util.function.Function;

/// Shows problems to people who came for a page.
@FunctionalInterface
public interface ProblemPages {

  /// What is known of a request that failed.
  ///
  /// @param path as it was sent
  /// @param query as it was sent, without the question mark; may be empty
  /// @param caller nobody, when it failed before that was found out
  /// @param header gives a header of the request by name
  record Visit(
      Method method,
      String path,
      String query,
      Caller caller,
      Function<String, Optional<String>> header) {}

  /// A page, or a way to the page where one signs in.
  Answer show(Problem problem, Visit visit);
}
