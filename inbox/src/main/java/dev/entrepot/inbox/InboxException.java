package dev.entrepot.inbox;

import org.jspecify.annotations.Nullable;

/// The one exception of this module's face. Messages name the thing, the value and the next step
/// and may be shown to the person who asked.
public final class InboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What went wrong, in kinds a caller can act on.
  public enum Code {
    /// There is no such thing.
    NOT_FOUND,
    /// What was asked breaks a rule; ask differently.
    INVALID,
    /// It exists already, or somebody else changed it meanwhile.
    CONFLICT
  }

  private final Code code;
  private final @Nullable String field;

  public InboxException(Code code, String message) {
    this(code, null, message);
  }

  /// @param field the field of the request that is at fault, in the API's spelling
  public InboxException(Code code, @Nullable String field, String message) {
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
