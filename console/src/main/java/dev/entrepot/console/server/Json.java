package dev.entrepot.console.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.entrepot.console.server.Problem.FieldError;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.model.Books;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the API speaks it: snake case, lower-case enumerations, ISO times, absent values as
/// null. Reading is strict: unknown fields and missing values are refused by name. Safe for use by
/// many threads.
public final class Json {

  /// Books as clients see them, with the share accepted.
  private interface BooksView {
    @JsonProperty
    OptionalDouble acceptance();

    @JsonProperty
    boolean balanced();
  }

  /// Bounds what a body takes in memory: many short values weigh far more than their bytes.
  private static final long MOST_TOKENS = 500_000;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .addMixIn(Books.class, BooksView.class)
          .build();

  /// The mapper behind it.
  public JsonMapper mapper() {
    return mapper;
  }

  public byte[] write(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  /// Reads a record. A component that is not marked nullable must have a value.
  ///
  /// @throws ProblemException MALFORMED with the position when it is not JSON, INVALID naming the
  ///   fields that do not fit
  public <T> T read(byte[] json, Class<T> type) {
    if (json.length == 0) {
      throw new ProblemException(Kind.MALFORMED, "the body is empty; send a JSON object");
    }
    T value;
    try {
      value = mapper.readValue(json, type);
    } catch (JacksonException e) {
      throw refused(e);
    }
    if (value == null) {
      throw new ProblemException(Kind.INVALID, "the body is null; send a JSON object");
    }
    List<FieldError> missing = new ArrayList<>();
    requireValues(value, "", missing);
    if (!missing.isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          "missing: "
              + missing.stream().map(FieldError::field).collect(Collectors.joining(", "))
              + "; give each a value",
          missing,
          List.of());
    }
    return value;
  }

  private static ProblemException refused(JacksonException e) {
    return switch (e) {
      case StreamConstraintsException bounds ->
          new ProblemException(
              Kind.TOO_LARGE,
              "the body holds too much ("
                  + bounds.getOriginalMessage()
                  + "); send less at a time, with at most "
                  + MOST_TOKENS
                  + " values");
      case StreamReadException malformed -> malformed(malformed);
      case UnrecognizedPropertyException unknown ->
          ProblemException.invalid(
              path(unknown),
              "there is no field " + path(unknown) + "; leave it out" + suggestion(unknown));
      case DatabindException misfit -> misfit(misfit);
      default ->
          new ProblemException(Kind.MALFORMED, "the body is not JSON: " + e.getOriginalMessage());
    };
  }

  private static ProblemException malformed(StreamReadException e) {
    TokenStreamLocation location = e.getLocation();
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new ProblemException(
        Kind.MALFORMED, "the body is not JSON" + where + ": " + e.getOriginalMessage());
  }

  private static ProblemException misfit(DatabindException e) {
    // A record's own check speaks for itself.
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (!(cause instanceof JacksonException) && !(cause instanceof InvocationTargetException)) {
        ProblemException own = Problems.of(cause);
        return own.problem().status() < 500
            ? own
            : ProblemException.invalid(path(e), path(e) + ": " + cause.getMessage());
      }
    }
    String field = path(e);
    String what =
        e instanceof InvalidFormatException format
            ? "\"" + format.getValue() + "\" does not fit" + allowed(format)
            : "the value does not fit";
    return ProblemException.invalid(field, (field == null ? "" : field + ": ") + what);
  }

  private static String allowed(InvalidFormatException e) {
    Object[] constants = e.getTargetType() == null ? null : e.getTargetType().getEnumConstants();
    if (constants == null) {
      return e.getTargetType() == null ? "" : ", it must be a " + plain(e.getTargetType());
    }
    List<String> names = new ArrayList<>();
    for (Object constant : constants) {
      names.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
    }
    return ", it must be one of " + String.join(", ", names);
  }

  private static String plain(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Instant" -> "time such as 2026-11-21T08:00:00Z";
      case "UUID" -> "UUID";
      case "Currency" -> "currency code such as EUR";
      case "URI" -> "URL";
      case "BigDecimal", "double", "Double" -> "number";
      case "int", "Integer", "long", "Long" -> "whole number";
      case "boolean", "Boolean" -> "true or false";
      default -> type.getSimpleName();
    };
  }

  private static String suggestion(UnrecognizedPropertyException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    return known == null || known.isEmpty()
        ? ""
        : ", or use one of "
            + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static @Nullable String path(DatabindException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : e.getPath()) {
      if (reference.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      } else if (reference.getIndex() >= 0) {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.isEmpty() ? null : path.toString();
  }

  private void requireValues(Object value, String path, List<FieldError> missing) {
    switch (value) {
      case Record record -> requireComponents(record, path, missing);
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          String name = path + "[" + i + "]";
          Object element = list.get(i);
          if (element == null) {
            missing.add(new FieldError(name, name + " is null; give it a value, or leave it out"));
          } else {
            requireValues(element, name, missing);
          }
        }
      }
      default -> {}
    }
  }

  private void requireComponents(Record record, String path, List<FieldError> missing) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String name = (path.isEmpty() ? "" : path + ".") + snakeCase(component.getName());
      Object value;
      try {
        component.getAccessor().setAccessible(true);
        value = component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
      if (value != null) {
        requireValues(value, name, missing);
      } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        missing.add(new FieldError(name, name + " is missing; give it a value"));
      }
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
