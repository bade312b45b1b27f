package dev.entrepot.inbox.lanes;

/// Why an event was not handled.
///
/// @param handler which handler failed; [#READING]: it could not be read
/// @param code short and stable
/// @param reason for people: what happened, and the next step
record Trouble(String handler, String code, String reason) {
  /// Stands for a handler where the event could not be read at all.
  static final String READING = "reading";

  private static final int LONGEST = 2_000;

  Trouble {
    // PostgreSQL stores no NUL.
    reason = reason.replace('\0', '\uFFFD');
    if (reason.length() > LONGEST) {
      reason = reason.substring(0, LONGEST) + "…";
    }
  }
}
