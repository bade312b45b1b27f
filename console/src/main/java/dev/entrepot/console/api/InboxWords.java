package dev.entrepot.console.api;

import dev.entrepot.inbox.lanes.EventState;
import dev.entrepot.inbox.log.EventHead;

/// The inbox's codes, spelled out.
final class InboxWords {
  private InboxWords() {}

  /// How it is known that the sender it names sent it: nothing else is kept.
  static String verified(EventHead event) {
    return event.secret() == null ? "queue" : "signature";
  }

  /// What a handler did with an event.
  ///
  /// @param state of the event: of one that is at its end nothing is to be done any more
  static String handled(EventState.State state, char code) {
    return switch (state) {
      case ACCEPTED, WAITING, BEHIND, PARKED -> handled(code);
      case WRITTEN, UNCHANGED, SKIPPED, REJECTED, ERASED ->
          code == 'p' ? "not_done" : handled(code);
    };
  }

  /// What a handler did with an event, or would do.
  static String handled(char code) {
    return switch (code) {
      case 'w' -> "written";
      case 'u' -> "unchanged";
      case 's' -> "not_wanted";
      case 'r' -> "refused";
      case 'p' -> "pending";
      default -> throw new IllegalArgumentException("no handler answers \"" + code + "\"");
    };
  }
}
