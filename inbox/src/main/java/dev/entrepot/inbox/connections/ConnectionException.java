package dev.entrepot.inbox.connections;

import dev.entrepot.inbox.FieldFault;
import java.util.List;

/// A change of connections that is refused. The message is for the person who asked for it.
public final class ConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why.
  public enum Code {
    /// There is no such connection.
    NOT_FOUND,
    /// It was removed; its events are still kept.
    REMOVED,
    /// It exists already, or somebody else changed it meanwhile.
    CONFLICT,
    /// A value cannot be; see [ConnectionException#field()].
    INVALID
  }

  private final Code code;
  private final String field;
  private final transient List<FieldFault> faults;

  public ConnectionException(Code code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
    this.faults = List.of(new FieldFault(field, message));
  }

  /// Everything that is INVALID about a connection.
  ///
  /// @param faults at least one
  ConnectionException(List<FieldFault> faults) {
    super(FieldFault.words(faults));
    this.code = Code.INVALID;
    this.field = faults.getFirst().field();
    this.faults = List.copyOf(faults);
  }

  public Code code() {
    return code;
  }

  /// What is wrong with which value.
  public List<FieldFault> faults() {
    return faults;
  }

  /// The first value it is about, such as `name` or `settings.shop`.
  public String field() {
    return field;
  }
}
