package dev.entrepot.inbox;

import java.util.List;
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
  private final transient List<FieldFault> faults;

  public InboxException(Code code, String message) {
    this(code, null, message);
  }

  /// @param field the field of the request that is at fault, in the API's spelling
  public InboxException(Code code, @Nullable String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
    this.faults = field == null ? List.of() : List.of(new FieldFault(field, message));
  }

  /// Everything that is INVALID about a request.
  ///
  /// @param faults at least one
  public InboxException(List<FieldFault> faults) {
    super(FieldFault.words(faults));
    this.code = Code.INVALID;
    this.field = faults.getFirst().field();
    this.faults = List.copyOf(faults);
  }

  public Code code() {
    return code;
  }

  /// The first field at fault.
  public @Nullable String field() {
    return field;
  }

  /// What is wrong with which field.
  public List<FieldFault> faults() {
    return faults;
  }
}
