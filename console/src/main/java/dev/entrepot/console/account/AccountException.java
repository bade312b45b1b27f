package dev.entrepot.console.account;

import java.time.Duration;
import java.util.Optional;
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
    CONFLICT,
    /// Too many failures; see [AccountException#retryAfter()].
    LATER
  }

  private final Code code;
  private final @Nullable String field;
  private final @Nullable Duration retryAfter;

  /// @param field the field of the request that is at fault, in the API's spelling; null when it is
  ///   none of them
  public AccountException(Code code, @Nullable String field, String message) {
    this(code, field, message, null);
  }

  private AccountException(
      Code code, @Nullable String field, String message, @Nullable Duration retryAfter) {
    super(message);
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  /// Too many wrong passwords.
  ///
  /// @param remaining when the next one is looked at
  public static AccountException later(String field, Duration remaining) {
    long minutes = Math.max(1, (remaining.toSeconds() + 59) / 60);
    return new AccountException(
        Code.LATER,
        field,
        "too many wrong passwords were given; try again in " + minutes + " min",
        remaining);
  }

  public Code code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }

  /// How long to wait before asking again; only where waiting helps.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
