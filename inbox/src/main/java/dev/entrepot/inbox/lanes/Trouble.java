package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.StorableText;

/// Why an event was not handled. Whatever a handler says of it can be stored.
///
/// @param handler which handler failed; [#READING]: it could not be read
/// @param code short and stable
/// @param reason for people: what happened, and the next step
record Trouble(String handler, String code, String reason) {
  /// Stands for a handler where the event could not be read at all.
  static final String READING = "reading";

  private static final int LONGEST = 2_000;

  Trouble {
    handler = StorableText.repair(handler);
    code = StorableText.repair(code);
    reason = StorableText.repair(cut(reason));
  }

  private static String cut(String reason) {
    if (reason.length() <= LONGEST) {
      return reason;
    }
    // Not between the halves of a character.
    int end = Character.isHighSurrogate(reason.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return reason.substring(0, end) + "…";
  }
}
