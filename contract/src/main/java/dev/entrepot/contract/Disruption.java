package dev.entrepot.contract;

import org.jspecify.annotations.Nullable;

/// What a simulated system does to a call.
public sealed interface Disruption {

  /// Answers with this status, and carries nothing out.
  ///
  /// @param retryAfter the header of that name; null: none
  record Answer(int status, @Nullable String retryAfter) implements Disruption {}

  /// All others.
  enum Harm implements Disruption {
    /// Cuts the connection; nothing is carried out.
    CUT_BEFORE,
    /// Carries the call out, then cuts the connection.
    CUT_AFTER,
    /// Says nothing, and carries nothing out.
    SILENT_BEFORE,
    /// Carries the call out, then says nothing.
    SILENT_AFTER,
    /// Carries the call out; the answer is complete, but no JSON.
    MALFORMED,
    /// Carries the call out; the answer breaks off.
    TRUNCATED
  }
}
