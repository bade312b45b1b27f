package dev.entrepot.inbox.log;

import java.time.Duration;

/// How tests keep their logs.
public final class TestLog {
  /// As usual, but no pause of the machine makes an append one that may not be kept.
  public static final LogSettings PATIENT = LogSettings.DEFAULT.waiting(Duration.ofMinutes(5));

  private TestLog() {}
}
