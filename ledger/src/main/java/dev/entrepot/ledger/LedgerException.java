package dev.entrepot.ledger;

/// The books refuse what they were asked to write. Always a broken invariant of the caller, never
/// bad input.
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What was refused.
  public enum Code {
    NO_SUCH_BATCH,
    /// Somebody settled these records already, or records before them are missing.
    OUT_OF_SEQUENCE,
    /// A record was not in the outcome it should be moved from.
    WRONG_OUTCOME
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
