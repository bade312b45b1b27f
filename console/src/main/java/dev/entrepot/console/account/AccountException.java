package dev.entrepot.console.account;

import org.jspecify.annotations.Nullable;

/// What accounts, API keys and sign-in refuse. Messages may be shown to the person who asked.
public final class AccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What went wrong, in kinds a caller can act on.
  public enum Code {
    /// There is no such account or key.
    NOT_FOUND,
    /// What was asked breaks a rule; ask differently.
    INVALID,
    /// The address is taken, or somebody else changed the account meanwhile.
    CONFLICT
  }

  private final Code code;
  private final @Nullable String field;

  /// @param field the field of the request that is at fault, in the API's spelling; null when it is
  ///   none of them
  public AccountException(Code code, @Nullable String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  public Code code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }
}
