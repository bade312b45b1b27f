package dev.entrepot.flow.watch;

import java.time.Instant;
import java.util.UUID;

/// Something about a run that people must be told.
///
/// @param client the client's id
/// @param message names the client, the figures and the next step
public record FlowAlert(
    Condition condition, String client, String flow, UUID run, Instant at, String message) {

  /// What happened.
  public enum Condition {
    RUN_FAILED,
    /// A system refuses the credentials.
    AUTHENTICATION,
    /// More records failed than is usual.
    FAILED_RECORDS,
    /// It took longer than is usual.
    DURATION,
    /// A smaller share of the records succeeded than is usual.
    SUCCESS_RATE
  }
}
