package dev.entrepot.console.api;

/// The inbox's codes, spelled out.
final class InboxWords {
  private InboxWords() {}

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
