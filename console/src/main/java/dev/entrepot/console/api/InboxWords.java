package dev.entrepot.console.api;

import dev.entrepot.inbox.log.EventHead;

/// The inbox's codes, spelled out.
final class InboxWords {
  private InboxWords() {}

  /// How it is known that the sender it names sent it: nothing else is kept.
  static String verified(EventHead event) {
    return event.secret() == null ? "queue" : "signature";
  }

  /// What a handler did with an event.
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
