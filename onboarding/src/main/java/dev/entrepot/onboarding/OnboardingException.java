package dev.entrepot.onboarding;

import dev.entrepot.expression.ExpressionException;
import java.time.Duration;
import java.util.Optional;
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
    /// It is larger than it may be; it will be tomorrow, too.
    LIMIT_EXCEEDED,
    /// The day's uploads or rows are used up; see [OnboardingException#retryAfter()].
    QUOTA_EXCEEDED,
    /// There is no room left on the disk; nothing was kept.
    STORAGE_FULL
  }

  private final Code code;
  private final @Nullable String field;
  private final @Nullable Duration retryAfter;

  public OnboardingException(Code code, String message) {
    this(code, null, message);
  }

  /// @param field the field of the request that is at fault, in the API's spelling
  public OnboardingException(Code code, @Nullable String field, String message) {
    this(code, field, message, null);
  }

  public OnboardingException(Code code, String message, Throwable cause) {
    this(code, null, message, cause);
  }

  private OnboardingException(
      Code code, @Nullable String field, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.field = field;
    this.retryAfter = null;
  }

  /// An expression that cannot be used.
  public static OnboardingException of(ExpressionException fault) {
    return new OnboardingException(
        Code.INVALID, "expression", String.valueOf(fault.getMessage()), fault);
  }

  private OnboardingException(Code code, String message, Duration retryAfter) {
    super(message);
    this.code = code;
    this.field = null;
    this.retryAfter = retryAfter;
  }

  /// A day's quota is used up.
  ///
  /// @param retryAfter when the same may be asked again
  public static OnboardingException quota(String message, Duration retryAfter) {
    return new OnboardingException(Code.QUOTA_EXCEEDED, message, retryAfter);
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
