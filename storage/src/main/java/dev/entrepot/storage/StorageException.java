package dev.entrepot.storage;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.event.Level;

/// The one exception of this module: the database, or the way to it, did not do what was asked.
/// Classified by SQLState, never by message text. Messages never carry values of rows.
public final class StorageException extends RuntimeException {

  /// What went wrong.
  public enum Code {
    /// The server cannot be reached, refuses to talk, or dropped the connection.
    UNAVAILABLE(true),
    /// A unique or exclusion constraint; see [StorageException#constraint()].
    CONFLICT(false),
    /// Lost against a concurrent transaction: serialization failure or deadlock.
    SERIALIZATION(true),
    /// The server's disk is full.
    DISK_FULL(false),
    /// A value that the column cannot hold: type, range, length, NOT NULL, CHECK, foreign key, or
    /// text that PostgreSQL cannot store.
    BAD_VALUE(false),
    /// The lease is no longer held: somebody else took it, or it was released.
    LEASE_LOST(false),
    /// The schema and this program do not fit, or a migration failed.
    MIGRATION(false),
    /// The statement, the lock or the transaction took longer than allowed, or was cancelled.
    TIMEOUT(true),
    /// A statement that must concern exactly one row concerned none or several.
    ROW_COUNT(false),
    /// Anything else, mostly a defect in a statement.
    UNKNOWN(false);

    private final boolean retryable;

    Code(boolean retryable) {
      this.retryable = retryable;
    }

    /// Whether the same work, done again from its beginning, may well succeed.
    public boolean retryable() {
      return retryable;
    }
  }

  private final Code code;
  private final @Nullable String constraint;
  private final boolean mayHaveCommitted;

  /// @param message names the thing, the value and the next step
  public StorageException(Code code, String message) {
    this(code, message, null, null, false);
  }

  /// @param message names the thing, the value and the next step
  public StorageException(Code code, String message, @Nullable Throwable cause) {
    this(code, message, cause, null, false);
  }

  private StorageException(
      Code code,
      String message,
      @Nullable Throwable cause,
      @Nullable String constraint,
      boolean mayHaveCommitted) {
    super(message, cause);
    this.code = code;
    this.constraint = constraint;
    this.mayHaveCommitted = mayHaveCommitted;
  }

  /// What a driver's exception means.
  public static StorageException of(SQLException cause) {
    return of(cause, false);
  }

  /// The connection broke while the commit was under way.
  static StorageException ofCommit(SQLException cause) {
    return of(cause, code(cause) == Code.UNAVAILABLE);
  }

  private static StorageException of(SQLException cause, boolean mayHaveCommitted) {
    Code code = code(cause);
    String constraint = constraint(cause);
    StringBuilder message = new StringBuilder(words(code));
    if (constraint != null) {
      message.append(" (constraint ").append(constraint).append(')');
    }
    message.append(": ").append(cause.getMessage());
    if (cause.getSQLState() != null) {
      message.append(" [").append(cause.getSQLState()).append(']');
    }
    if (mayHaveCommitted) {
      message.append("; the commit was under way: look up what it did before repeating it");
    }
    return new StorageException(code, message.toString(), cause, constraint, mayHaveCommitted);
  }

  /// How loudly those whose work failed tell of it: that the database is away is told once, by
  /// [Database] itself.
  public static Level levelOf(Throwable failure) {
    return failure instanceof StorageException storage && storage.code == Code.UNAVAILABLE
        ? Level.DEBUG
        : Level.WARN;
  }

  /// What went wrong.
  public Code code() {
    return code;
  }

  /// The name of the violated constraint, when the server named one.
  public Optional<String> constraint() {
    return Optional.ofNullable(constraint);
  }

  /// Whether the transaction may have been committed all the same: the connection broke between
  /// sending the commit and its answer. Look up before repeating what is not idempotent.
  public boolean mayHaveCommitted() {
    return mayHaveCommitted;
  }

  private static @Nullable String constraint(SQLException cause) {
    if (cause instanceof PSQLException exception) {
      ServerErrorMessage server = exception.getServerErrorMessage();
      return server == null ? null : server.getConstraint();
    }
    return null;
  }

  static Code code(SQLException cause) {
    String state = cause.getSQLState();
    if (state == null || state.length() != 5) {
      // Not from the server but from the pool.
      if (cause.getCause() instanceof InterruptedException) {
        return Code.TIMEOUT;
      }
      return cause instanceof SQLTransientConnectionException ? Code.UNAVAILABLE : Code.UNKNOWN;
    }
    return switch (state) {
      case "23505", "23P01" -> Code.CONFLICT;
      case "40001", "40P01" -> Code.SERIALIZATION;
      case "53100" -> Code.DISK_FULL;
      case "55P03", "57014", "25P03", "25P04" -> Code.TIMEOUT;
      case "25006", "3D000", "57P01", "57P02", "57P03", "57P04", "57P05" -> Code.UNAVAILABLE;
      default ->
          switch (state.substring(0, 2)) {
            case "08", "28", "53" -> Code.UNAVAILABLE;
            case "22", "23", "54" -> Code.BAD_VALUE;
            case "40" -> Code.SERIALIZATION;
            default -> Code.UNKNOWN;
          };
    };
  }

  private static String words(Code code) {
    return switch (code) {
      case UNAVAILABLE -> "the database is not available";
      case CONFLICT -> "the row exists already";
      case SERIALIZATION -> "lost against a concurrent transaction; do it again";
      case DISK_FULL -> "the disk of the database server is full; free some space and try again";
      case BAD_VALUE -> "the database refuses a value";
      case LEASE_LOST -> "the lease is lost";
      case MIGRATION -> "the schema cannot be brought up to date";
      case TIMEOUT -> "the database took too long, or the work was cancelled";
      case ROW_COUNT -> "not exactly one row";
      case UNKNOWN -> "the database refuses the statement";
    };
  }
}
