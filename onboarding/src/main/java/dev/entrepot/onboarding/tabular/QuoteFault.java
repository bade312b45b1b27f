package dev.entrepot.onboarding.tabular;

import java.util.Locale;

/// What is wrong with the quotes of a row, and on which of its lines.
///
/// @param kind the fault
/// @param lineInRow the line of the row on which the guilty quote stands, from 0
/// @param column the column, from 1
record QuoteFault(Kind kind, int lineInRow, int column) {
  /// The ways quotes go wrong.
  enum Kind {
    NONE,
    /// Opened, and not closed before the end of the text.
    NEVER_CLOSED,
    /// Closed, and followed by something that is neither a delimiter nor the end of the line.
    TEXT_BEHIND,
    /// In the middle of a value that did not begin with one.
    INSIDE_UNQUOTED
  }

  /// Walks the text of a row up to its first fault.
  static QuoteFault find(CharSequence text, char delimiter) {
    int line = 0;
    int column = 1;
    int openedOn = 0;
    boolean quoted = false;
    boolean closed = false;
    boolean begun = false;
    for (int place = 0; place < text.length(); place++) {
      char character = text.charAt(place);
      if (character == '\n' || character == '\r') {
        boolean secondHalf = character == '\n' && place > 0 && text.charAt(place - 1) == '\r';
        line += secondHalf ? 0 : 1;
        if (!quoted) {
          return new QuoteFault(Kind.NONE, line, column);
        }
      } else if (quoted) {
        quoted = character != '"';
        closed = !quoted;
      } else if (character == '"' && !begun) {
        quoted = true;
        openedOn = closed ? openedOn : line;
        closed = false;
      } else if (character == delimiter) {
        column++;
        begun = false;
        closed = false;
      } else if (closed) {
        return new QuoteFault(Kind.TEXT_BEHIND, openedOn, column);
      } else if (character == '"') {
        return new QuoteFault(Kind.INSIDE_UNQUOTED, line, column);
      } else {
        begun = true;
      }
    }
    return quoted
        ? new QuoteFault(Kind.NEVER_CLOSED, openedOn, column)
        : new QuoteFault(Kind.NONE, line, column);
  }

  /// The fault in words.
  ///
  /// @param rowLine the line on which the row begins
  String reason(long rowLine) {
    String where = String.format(Locale.ROOT, "line %,d, column %d", rowLine + lineInRow, column);
    return switch (kind) {
      case NONE -> "the row cannot be read; see " + where;
      case NEVER_CLOSED ->
          "the quote opened on "
              + where
              + " is never closed; close it, or double it if it is part of the value";
      case TEXT_BEHIND ->
          "the quoted value on "
              + where
              + " is followed by more text; double each quote that is part of the value";
      case INSIDE_UNQUOTED ->
          "the value on "
              + where
              + " holds a quote but is not quoted; put it in quotes and double each quote in it";
    };
  }
}
