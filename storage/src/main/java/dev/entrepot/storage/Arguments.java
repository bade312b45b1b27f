package dev.entrepot.storage;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/// Java values as arguments of prepared statements.
final class Arguments {

  private Arguments() {}

  static void set(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case String text -> statement.setString(index, storable(text, index));
      case Integer number -> statement.setInt(index, number);
      case Long number -> statement.setLong(index, number);
      case Short number -> statement.setShort(index, number);
      case Double number -> statement.setDouble(index, number);
      case Boolean bool -> statement.setBoolean(index, bool);
      case BigDecimal number -> statement.setBigDecimal(index, number);
      case UUID uuid -> statement.setObject(index, uuid);
      case Instant instant ->
          statement.setObject(
              index, instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
      case LocalDate date -> statement.setObject(index, date);
      case Duration duration -> statement.setObject(index, object("interval", duration.toString()));
      case Json json -> statement.setObject(index, object("jsonb", storable(json.text(), index)));
      case byte[] bytes -> statement.setBytes(index, bytes);
      case @Nullable Object[] elements -> setArray(statement, index, elements);
      case List<?> list -> setArray(statement, index, list.toArray());
      default ->
          throw new IllegalArgumentException(
              "argument "
                  + index
                  + " has a type that is not taken: "
                  + value.getClass().getName()
                  + "; see Sql.with");
    }
  }

  private static void setArray(PreparedStatement statement, int index, @Nullable Object[] elements)
      throws SQLException {
    String type = elementType(index, elements);
    if (type.equals("text")) {
      for (Object element : elements) {
        if (element != null) {
          storable((String) element, index);
        }
      }
    }
    statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
  }

  private static String elementType(int index, @Nullable Object[] elements) {
    Class<?> component = elements.getClass().getComponentType();
    for (Object element : elements) {
      if (element == null) {
        continue;
      }
      if (component == Object.class) {
        component = element.getClass();
      } else if (!component.isInstance(element)) {
        throw new IllegalArgumentException(
            "argument " + index + " mixes " + component + " and " + element.getClass());
      }
    }
    if (component == String.class || component == Object.class) {
      return "text";
    } else if (component == UUID.class) {
      return "uuid";
    } else if (component == Long.class) {
      return "int8";
    } else if (component == Integer.class) {
      return "int4";
    } else if (component == BigDecimal.class) {
      return "numeric";
    }
    throw new IllegalArgumentException(
        "argument " + index + " is an array of a type that is not taken: " + component);
  }

  private static String storable(String text, int index) {
    StorableText.require(text, "argument " + index);
    return text;
  }

  private static PGobject object(String type, String value) throws SQLException {
    PGobject object = new PGobject();
    object.setType(type);
    object.setValue(value);
    return object;
  }
}
