package dev.entrepot.flow.runs;

import java.util.Optional;

/// Where the engine learns what to do for a client. Safe for use by many threads.
@FunctionalInterface
public interface FlowSpecs {
  /// What is configured now; nothing: there is no such client.
  ///
  /// @throws IllegalArgumentException when the client's configuration cannot be run; the message is
  ///   for people
  Optional<FlowSpec> of(String tenant);

  /// Which flow a client has, also when it cannot be run; nothing: there is no such client.
  default Optional<FlowName> name(String tenant) {
    return of(tenant).map(FlowSpec::name);
  }
}
