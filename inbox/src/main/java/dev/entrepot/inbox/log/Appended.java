package dev.entrepot.inbox.log;

import java.time.Duration;

/// What became of a delivery that was to be kept.
public sealed interface Appended {

  /// It is on disk.
  record Accepted(long position) implements Appended {}

  /// It was on disk already.
  ///
  /// @param first where it is
  record Duplicate(long first) implements Appended {}

  /// Not kept: too much waits to be written. Nothing was tried.
  record Busy(Duration retryAfter) implements Appended {}

  /// Not known to be kept: the database did not answer. The sender must repeat it; should it have
  /// been kept all the same, the repetition is a duplicate.
  ///
  /// @param reason for the operator
  record Unavailable(Duration retryAfter, String reason) implements Appended {}
}
