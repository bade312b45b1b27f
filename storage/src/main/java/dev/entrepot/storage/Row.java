package dev.entrepot.storage;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The current row of a result, read by column name. Valid only while its mapper runs. A method
/// without `OrNull` refuses NULL with an [IllegalStateException] that names the column: either the
/// statement or its reader is wrong.
public final class Row {

  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  public String text(String column) {
    return present(column, textOrNull(column));
  }

  public @Nullable String textOrNull(String column) {
    return value(column, results::getString);
  }

  public int int4(String column) {
    return present(column, int4OrNull(column));
  }

  public @Nullable Integer int4OrNull(String column) {
    return value(column, name -> orNull(results.getInt(name)));
  }

  public long int8(String column) {
    return present(column, int8OrNull(column));
  }

  public @Nullable Long int8OrNull(String column) {
    return value(column, name -> orNull(results.getLong(name)));
  }

  public double float8(String column) {
    return present(column, float8OrNull(column));
  }

  public @Nullable Double float8OrNull(String column) {
    return value(column, name -> orNull(results.getDouble(name)));
  }

  public boolean bool(String column) {
    return present(column, boolOrNull(column));
  }

  public @Nullable Boolean boolOrNull(String column) {
    return value(column, name -> orNull(results.getBoolean(name)));
  }

  public BigDecimal numeric(String column) {
    return present(column, numericOrNull(column));
  }

  public @Nullable BigDecimal numericOrNull(String column) {
    return value(column, results::getBigDecimal);
  }

  public UUID uuid(String column) {
    return present(column, uuidOrNull(column));
  }

  public @Nullable UUID uuidOrNull(String column) {
    return value(column, name -> results.getObject(name, UUID.class));
  }

  /// A `timestamptz`.
  public Instant instant(String column) {
    return present(column, instantOrNull(column));
  }

  public @Nullable Instant instantOrNull(String column) {
    OffsetDateTime time = value(column, name -> results.getObject(name, OffsetDateTime.class));
    return time == null ? null : time.toInstant();
  }

  public LocalDate date(String column) {
    return present(column, dateOrNull(column));
  }

  public @Nullable LocalDate dateOrNull(String column) {
    return value(column, name -> results.getObject(name, LocalDate.class));
  }

  /// The text of a `json` or `jsonb`.
  public String json(String column) {
    return text(column);
  }

  public @Nullable String jsonOrNull(String column) {
    return textOrNull(column);
  }

  /// A `text[]`; its elements may be null.
  public List<@Nullable String> textArray(String column) {
    return present(column, textArrayOrNull(column));
  }

  public @Nullable List<@Nullable String> textArrayOrNull(String column) {
    return arrayOrNull(column);
  }

  public List<UUID> uuidArray(String column) {
    return present(column, Row.<UUID>withoutNulls(column, arrayOrNull(column)));
  }

  public List<Long> int8Array(String column) {
    return present(column, Row.<Long>withoutNulls(column, arrayOrNull(column)));
  }

  public byte[] bytes(String column) {
    return present(column, bytesOrNull(column));
  }

  public byte @Nullable [] bytesOrNull(String column) {
    return value(column, results::getBytes);
  }

  private <T> @Nullable List<@Nullable T> arrayOrNull(String column) {
    Array array = value(column, results::getArray);
    if (array == null) {
      return null;
    }
    try {
      @SuppressWarnings("unchecked") // the driver's element class follows from the column's type
      @Nullable T[] elements = (@Nullable T[]) array.getArray();
      List<@Nullable T> list = new ArrayList<>(elements.length);
      Collections.addAll(list, elements);
      return Collections.unmodifiableList(list);
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  private static <T> @Nullable List<T> withoutNulls(
      String column, @Nullable List<@Nullable T> elements) {
    if (elements == null) {
      return null;
    }
    List<T> list = new ArrayList<>(elements.size());
    for (T element : elements) {
      list.add(present(column, element));
    }
    return Collections.unmodifiableList(list);
  }

  private <T> @Nullable T orNull(T value) throws SQLException {
    return results.wasNull() ? null : value;
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(
          "column \"" + column + "\" is NULL; read it with an OrNull method or exclude NULLs");
    }
    return value;
  }

  private <T> @Nullable T value(String column, Getter<T> getter) {
    try {
      return getter.get(column);
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  @FunctionalInterface
  private interface Getter<T> {
    @Nullable T get(String column) throws SQLException;
  }
}
