package dev.entrepot.inbox.connections;

/// A change of connections that is refused. The message is for the person who asked for it.
public final class ConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why.
  public enum Code {
    /// There is no such connection.
    NOT_FOUND,
    /// It exists already, or somebody else changed it meanwhile.
    CONFLICT,
    /// A value cannot be; see [ConnectionException#field()].
    INVALID
  }

  private final Code code;
  private final String field;

  public ConnectionException(Code code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  public Code code() {
    return code;
  }

  /// The value it is about, such as `name` or `settings.shop`.
  public String field() {
    return field;
  }
}
