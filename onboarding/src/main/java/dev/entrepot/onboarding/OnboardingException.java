package dev.entrepot.onboarding;

import org.jspecify.annotations.Nullable;

/// The one exception of this module's face. Messages name the thing, the value and the next step
/// and may be shown to the person who asked.
public final class OnboardingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What went wrong, in kinds a caller can act on.
  public enum Code {
    /// There is no such thing.
    NOT_FOUND,
    /// What was asked breaks a rule; ask differently.
    INVALID,
    /// It exists already, or somebody else changed it meanwhile.
    CONFLICT,
    /// The vendor may not do that in its present state.
    VENDOR_REFUSED,
    /// A limit of size, rows or uploads per day is exceeded.
    LIMIT_EXCEEDED,
    /// There is no room left on the disk; nothing was kept.
    STORAGE_FULL
  }

  private final Code code;
  private final @Nullable String field;

  public OnboardingException(Code code, String message) {
    this(code, null, message);
  }

  /// @param field the field of the request that is at fault, in the API's spelling
  public OnboardingException(Code code, @Nullable String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  public OnboardingException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.field = null;
  }

  public Code code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }
}
