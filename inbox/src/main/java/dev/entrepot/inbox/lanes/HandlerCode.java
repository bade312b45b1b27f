package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.Handled;

/// What a handler did with an event, as one character; part of the storage format.
final class HandlerCode {
  static final char WRITTEN = 'w';
  static final char UNCHANGED = 'u';
  static final char NOT_WANTED = 's';
  static final char REFUSED = 'r';

  /// Not called, or must be called again.
  static final char PENDING = 'p';

  private HandlerCode() {}

  static char of(Handled handled) {
    return switch (handled) {
      case Handled.Written _ -> WRITTEN;
      case Handled.Unchanged _ -> UNCHANGED;
      case Handled.NotWanted _ -> NOT_WANTED;
      case Handled.Later _ -> PENDING;
      case Handled.Refused _ -> REFUSED;
    };
  }

  /// Whether the handler is done with the event for good.
  static boolean done(char code) {
    return code == WRITTEN || code == UNCHANGED || code == NOT_WANTED;
  }

  /// For people.
  static String words(char code) {
    return switch (code) {
      case WRITTEN -> "wrote";
      case UNCHANGED -> "left it as it was";
      case NOT_WANTED -> "did not want it";
      case REFUSED -> "refused it";
      default -> "has not done it";
    };
  }
}
