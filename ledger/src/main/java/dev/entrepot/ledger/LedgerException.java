package dev.entrepot.ledger;

/// The books refuse what they were asked. But for [Code#INVALID_CURSOR] it is a broken invariant of
/// the caller, never bad input.
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What was refused.
  public enum Code {
    NO_SUCH_BATCH,
    /// Somebody settled these records already, or records before them are missing.
    OUT_OF_SEQUENCE,
    /// A record was not in the outcome it should be moved from.
    WRONG_OUTCOME,
    /// A list is to go on at a place that it never gave.
    INVALID_CURSOR
  }

  private final Code code;

  LedgerException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
