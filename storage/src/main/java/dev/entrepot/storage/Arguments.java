package dev.entrepot.storage;

import java.lang.reflect.Array;
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
    Class<?> component = elementClass(index, elements);
    if (component == String.class) {
      for (Object element : elements) {
        if (element != null) {
          storable((String) element, index);
        }
      }
    }
    // The driver sends arrays of a known class in binary form, any other as escaped text.
    statement.setArray(
        index,
        statement
            .getConnection()
            .createArrayOf(elementType(index, component), typed(elements, component)));
  }

  private static @Nullable Object[] typed(@Nullable Object[] elements, Class<?> component) {
    if (elements.getClass().getComponentType() == component) {
      return elements;
    }
    @Nullable Object[] typed = (@Nullable Object[]) Array.newInstance(component, elements.length);
    System.arraycopy(elements, 0, typed, 0, elements.length);
    return typed;
  }

  /// That of its elements; text when there is none.
  private static Class<?> elementClass(int index, @Nullable Object[] elements) {
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
    return component == Object.class ? String.class : component;
  }

  private static String elementType(int index, Class<?> component) {
    if (component == String.class) {
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
