package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.Utils;

/// Bulk loading by binary `COPY … FROM STDIN`: the fastest way in. Values are encoded straight into
/// one buffer of 64 KiB; memory does not grow with the number of rows.
///
/// ```java
/// try (CopyIn copy = CopyIn.into(connection, "staging", List.of("line", "sku", "price"))) {
///   for (Item item : items) {
///     copy.row();
///     copy.int8(item.line());
///     copy.text(item.sku());
///     copy.numeric(item.price());
///   }
///   copy.finish();
/// }
/// ```
///
/// Values come in the order of the columns, and the method must fit the column's type exactly (the
/// server does not convert): `int2` for `smallint`, `int4` for `integer`, `int8` for `bigint`,
/// `text` for `text` and `varchar`. Until [#finish()] nothing is loaded; closing without it
/// cancels. The connection does nothing else meanwhile. After any exception only [#close()] is left
/// to do. For one thread.
public final class CopyIn implements AutoCloseable {

  private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*(?:\\.[a-z_][a-z0-9_]*)?");
  private static final LocalDate EPOCH_DATE = LocalDate.of(2000, 1, 1);
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant FIRST = Instant.parse("-4713-11-24T00:00:00Z");
  private static final Instant LAST = Instant.parse("+294276-12-31T23:59:59.999999Z");

  private final org.postgresql.copy.CopyIn copy;
  private final CopyBuffer buffer;
  private final String table;
  private final List<String> columns;
  private int column;
  private boolean broken;

  private CopyIn(org.postgresql.copy.CopyIn copy, String table, List<String> columns) {
    this.copy = copy;
    this.buffer = new CopyBuffer(copy);
    this.table = table;
    this.columns = columns;
    this.column = columns.size();
  }

  /// Starts loading into a table.
  ///
  /// @param table its name, or schema and name, in lower case
  /// @param columns those that are given; the others get their defaults
  public static CopyIn into(Connection connection, String table, List<String> columns) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException("not a table's name: \"" + table + "\"");
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("no columns are named for table " + table);
    }
    List<String> names = List.copyOf(columns);
    String statement =
        "copy "
            + table
            + names.stream().map(CopyIn::quoted).collect(Collectors.joining(", ", " (", ")"))
            + " from stdin (format binary)";
    try {
      CopyIn copy =
          new CopyIn(
              connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement), table, names);
      copy.buffer.header();
      return copy;
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  /// Begins a row; the one before must be complete.
  public void row() {
    if (broken) {
      throw new IllegalStateException("loading " + table + " failed before; close it");
    }
    requireComplete();
    column = 0;
    buffer.int2(columns.size());
  }

  /// A NULL.
  public void nul() {
    next();
    buffer.int4(-1);
  }

  /// A `text` or `varchar`.
  ///
  /// @throws StorageException [Code#BAD_VALUE] when the text holds U+0000 or an unpaired surrogate;
  ///   see [StorableText]
  public void text(@Nullable CharSequence value) {
    if (value == null) {
      nul();
      return;
    }
    String name = next();
    broken = true;
    buffer.text(value, name);
    broken = false;
  }

  /// A `json`.
  public void json(@Nullable String value) {
    text(value);
  }

  /// A `jsonb`.
  public void jsonb(@Nullable String value) {
    if (value == null) {
      nul();
      return;
    }
    String name = next();
    broken = true;
    buffer.jsonb(value, name);
    broken = false;
  }

  /// A `smallint`.
  ///
  /// @param value from -32,768 to 32,767
  public void int2(int value) {
    if (value != (short) value) {
      throw new IllegalArgumentException("not a smallint: " + value);
    }
    next();
    buffer.int4(2);
    buffer.int2(value);
  }

  /// An `integer`.
  public void int4(int value) {
    next();
    buffer.int4(4);
    buffer.int4(value);
  }

  /// A `bigint`.
  public void int8(long value) {
    next();
    buffer.int4(8);
    buffer.int8(value);
  }

  /// A `double precision`.
  public void float8(double value) {
    next();
    buffer.int4(8);
    buffer.int8(Double.doubleToLongBits(value));
  }

  /// A `boolean`.
  public void bool(boolean value) {
    next();
    buffer.int4(1);
    buffer.int1(value ? 1 : 0);
  }

  /// A `numeric`, exact. A column declared with a scale rounds to it.
  ///
  /// @throws StorageException [Code#BAD_VALUE] beyond 131,072 digits before or 16,383 after the
  ///   point
  public void numeric(@Nullable BigDecimal value) {
    if (value == null) {
      nul();
      return;
    }
    String name = next();
    broken = true;
    NumericEncoding.write(buffer, value, name);
    broken = false;
  }

  /// The `numeric` `unscaled / 10^scale`, without any allocation for scales from 0 to 16.
  public void numeric(long unscaled, int scale) {
    String name = next();
    broken = true;
    NumericEncoding.write(buffer, unscaled, scale, name);
    broken = false;
  }

  /// A `timestamptz`, cut to microseconds.
  ///
  /// @throws StorageException [Code#BAD_VALUE] before 4713 BC or after the year 294276
  public void timestamp(@Nullable Instant value) {
    if (value == null) {
      nul();
      return;
    }
    String name = next();
    if (value.isBefore(FIRST) || value.isAfter(LAST)) {
      broken = true;
      throw outOfRange(name, value);
    }
    buffer.int4(8);
    buffer.int8(EPOCH.until(value.truncatedTo(ChronoUnit.MICROS), ChronoUnit.MICROS));
  }

  /// A `date`.
  ///
  /// @throws StorageException [Code#BAD_VALUE] before 4713 BC or after the year 294276
  public void date(@Nullable LocalDate value) {
    if (value == null) {
      nul();
      return;
    }
    String name = next();
    if (value.getYear() < -4712 || value.getYear() > 294_276) {
      broken = true;
      throw outOfRange(name, value);
    }
    buffer.int4(4);
    buffer.int4((int) EPOCH_DATE.until(value, ChronoUnit.DAYS));
  }

  /// A `uuid`.
  public void uuid(@Nullable UUID value) {
    if (value == null) {
      nul();
      return;
    }
    next();
    buffer.int4(16);
    buffer.int8(value.getMostSignificantBits());
    buffer.int8(value.getLeastSignificantBits());
  }

  /// A `bytea`.
  public void bytes(byte @Nullable [] value) {
    if (value == null) {
      nul();
      return;
    }
    next();
    buffer.int4(value.length);
    buffer.bytes(value);
  }

  /// A `text[]`.
  ///
  /// @throws StorageException [Code#BAD_VALUE] as in [#text]
  public void textArray(@Nullable List<? extends @Nullable String> value) {
    if (value == null) {
      nul();
      return;
    }
    String name = next();
    broken = true;
    buffer.textArray(value, name);
    broken = false;
  }

  /// Ends the load; its rows are in the table when the transaction commits.
  ///
  /// @return how many rows were loaded
  /// @throws StorageException what the server refuses, often a value or a conflict of some row
  public long finish() {
    if (broken) {
      throw new IllegalStateException("loading " + table + " failed before; close it");
    }
    requireComplete();
    broken = true;
    try {
      buffer.trailer();
      return copy.endCopy();
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  /// Cancels the load unless it is finished.
  @Override
  public void close() {
    broken = true;
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      throw StorageException.of(e);
    }
  }

  private String next() {
    if (broken) {
      throw new IllegalStateException("loading " + table + " failed before; close it");
    }
    if (column == columns.size()) {
      throw new IllegalStateException(
          "table " + table + " is given more than " + columns + "; call row() first");
    }
    return columns.get(column++);
  }

  private void requireComplete() {
    if (column != columns.size()) {
      throw new IllegalStateException(
          "the row for table " + table + " lacks " + columns.subList(column, columns.size()));
    }
  }

  private static StorageException outOfRange(String name, Object value) {
    return new StorageException(
        Code.BAD_VALUE,
        "the time for column \"" + name + "\" is outside 4713 BC to 294276: " + value);
  }

  private static String quoted(String name) {
    try {
      return Utils.escapeIdentifier(null, name).toString();
    } catch (SQLException e) {
      throw new IllegalArgumentException("not a column's name: \"" + name + "\"", e);
    }
  }
}
