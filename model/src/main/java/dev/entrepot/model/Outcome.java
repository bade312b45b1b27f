package dev.entrepot.model;

/// What became of one record. At every moment a record that entered has exactly one of these.
///
/// The `code` is the single character under which an outcome is stored in the books' outcome
/// vectors; codes are part of the storage format and never change their meaning.
public enum Outcome {
  /// Not yet decided, or waiting for somebody's approval.
  PENDING('p'),
  /// Applied: something at the destination was created or changed.
  WRITTEN('w'),
  /// The destination already held exactly this.
  UNCHANGED('u'),
  /// Refused, with a reason that is kept.
  REJECTED('r'),
  /// Left out on purpose, with a reason that is kept.
  SKIPPED('s');

  private final char code;

  Outcome(char code) {
    this.code = code;
  }

  /// The one-character storage code, an ASCII lower-case letter.
  public char code() {
    return code;
  }

  /// The outcome stored under a code.
  ///
  /// @throws IllegalArgumentException when no outcome has that code
  public static Outcome ofCode(char code) {
    for (Outcome outcome : values()) {
      if (outcome.code == code) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("no outcome has the code '" + code + "'");
  }
}
