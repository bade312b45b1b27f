package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One statement with its arguments: the thin layer over JDBC that every part uses.
///
/// ```java
/// List<String> skus =
///     Sql.of("select sku from product where vendor = ? and price < ?")
///         .with(vendorId, limit)
///         .list(connection, row -> row.text("sku"));
/// ```
///
/// Immutable, safe to share between threads; keep constant statements in constants. Every method
/// that runs throws [StorageException]. Write `??` for PostgreSQL's operators with a question mark.
public final class Sql {

  /// Makes a value of a row. The row must not leave the mapper.
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(Row row) throws SQLException;
  }

  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final String text;
  private final @Nullable Object[] arguments;

  private Sql(String text, @Nullable Object[] arguments) {
    this.text = text;
    this.arguments = arguments;
  }

  /// A statement without arguments yet.
  public static Sql of(String text) {
    return new Sql(text, NO_ARGUMENTS);
  }

  /// The same statement with these arguments, one for each `?`, replacing earlier ones.
  ///
  /// Taken are: `null`, `String`, `Integer`, `Long`, `Short`, `Double`, `Boolean`, `BigDecimal`,
  /// `UUID`, `Instant` (a `timestamptz`, cut to microseconds), `LocalDate`, `Duration` (an
  /// `interval`), `byte[]`, [Json] (a `jsonb`), and arrays or lists of `String` (`text[]`), `UUID`,
  /// `Long`, `Integer` or `BigDecimal`. The first element tells the type of a list; an empty one is
  /// a `text[]`, so pass an empty array such as `new UUID[0]` for other types.
  public Sql with(@Nullable Object... values) {
    return new Sql(text, values.clone());
  }

  /// All rows, in memory.
  public <T> List<T> list(Connection connection, RowMapper<T> mapper) {
    return query(
        connection,
        results -> {
          Row row = new Row(results);
          List<T> rows = new ArrayList<>();
          while (results.next()) {
            rows.add(mapper.map(row));
          }
          return rows;
        });
  }

  /// The first row, if there is one.
  public <T> Optional<T> first(Connection connection, RowMapper<T> mapper) {
    return query(
        connection,
        results ->
            results.next() ? Optional.of(mapper.map(new Row(results))) : Optional.<T>empty());
  }

  /// The only row; none or several are a [Code#ROW_COUNT].
  public <T> T one(Connection connection, RowMapper<T> mapper) {
    return query(
        connection,
        results -> {
          if (!results.next()) {
            throw wrongCount("no row");
          }
          T value = mapper.map(new Row(results));
          if (results.next()) {
            throw wrongCount("several rows");
          }
          return value;
        });
  }

  /// Runs a statement that returns no rows.
  ///
  /// @return the number of rows written; 0 for statements that write none
  public int update(Connection connection) {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  /// Writes exactly one row; none or several are a [Code#ROW_COUNT], so that the surrounding
  /// transaction rolls back.
  public void updateOne(Connection connection) {
    int count = update(connection);
    if (count != 1) {
      throw wrongCount(count + " rows");
    }
  }

  /// Hands over the rows one by one without holding them all, for results of any size. Outside a
  /// transaction it opens one of its own for as long as it runs.
  ///
  /// @param fetchSize how many rows are fetched, and held, at a time; positive
  public <T> void forEach(
      Connection connection, int fetchSize, RowMapper<T> mapper, Consumer<? super T> consumer) {
    if (fetchSize <= 0) {
      throw new IllegalArgumentException("the fetch size is not positive: " + fetchSize);
    }
    try {
      boolean autoCommit = connection.getAutoCommit();
      if (!autoCommit) {
        stream(connection, fetchSize, mapper, consumer);
        return;
      }
      // The driver streams only inside a transaction.
      connection.setAutoCommit(false);
      try {
        stream(connection, fetchSize, mapper, consumer);
        connection.commit();
      } finally {
        // Rolls back what an exception left open.
        if (!connection.isClosed()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  private <T> void stream(
      Connection connection, int fetchSize, RowMapper<T> mapper, Consumer<? super T> consumer)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      statement.setFetchSize(fetchSize);
      try (ResultSet results = statement.executeQuery()) {
        Row row = new Row(results);
        while (results.next()) {
          consumer.accept(mapper.map(row));
        }
      }
    }
  }

  private <R> R query(Connection connection, Reader<R> reader) {
    try (PreparedStatement statement = prepare(connection);
        ResultSet results = statement.executeQuery()) {
      return reader.read(results);
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < arguments.length; i++) {
        Arguments.set(statement, i + 1, arguments[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private StorageException wrongCount(String found) {
    return new StorageException(
        Code.ROW_COUNT, "expected exactly one row, found " + found + ", for: " + text.strip());
  }

  @Override
  public String toString() {
    return text;
  }

  @FunctionalInterface
  private interface Reader<R> {
    R read(ResultSet results) throws SQLException;
  }
}
