package dev.entrepot.flow.mapping;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values of the source as values of a type: `String`, `Long`, `BigDecimal` or `Boolean`. Dates are
/// texts in the form in which they are sent. Safe for use by many threads.
@FunctionalInterface
interface Conversion {
  Map<String, Boolean> TRUTHS =
      Map.ofEntries(
          Map.entry("true", true),
          Map.entry("1", true),
          Map.entry("yes", true),
          Map.entry("y", true),
          Map.entry("si", true),
          Map.entry("sí", true),
          Map.entry("s", true),
          Map.entry("false", false),
          Map.entry("0", false),
          Map.entry("no", false),
          Map.entry("n", false));

  /// @param value null when there is a fault
  /// @param code of the fault; null: there is none
  /// @param fault what is wrong, to be read after the value; null: nothing
  record Result(@Nullable Object value, @Nullable String code, @Nullable String fault) {
    static Result of(Object value) {
      return new Result(value, null, null);
    }

    static Result fault(String code, String fault) {
      return new Result(null, code, fault);
    }
  }

  /// @param value neither null nor blank nor a map nor a list
  Result read(Object value);

  static Conversion of(FieldType type, DateFormat.Converter dates) {
    return switch (type) {
      case STRING -> value -> Result.of(text(value));
      case INTEGER -> Conversion::whole;
      case DECIMAL -> Conversion::decimal;
      case BOOLEAN -> Conversion::truth;
      case DATE ->
          value ->
              dates
                  .convert(text(value))
                  .<Result>map(Result::of)
                  .orElseGet(
                      () -> Result.fault("NOT_A_DATE", "is no date as the source writes them"));
    };
  }

  /// A value as text.
  static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  private static Result whole(Object value) {
    if (value instanceof Long) {
      return Result.of(value);
    }
    Optional<BigDecimal> number = number(value);
    if (number.isEmpty()) {
      return Result.fault("NOT_A_NUMBER", "is no number");
    }
    return Numbers.normal(number.get()) instanceof Long whole
        ? Result.of(whole)
        : Result.fault("NOT_WHOLE", "is no whole number");
  }

  private static Result decimal(Object value) {
    if (value instanceof Long) {
      return Result.of(value);
    }
    return number(value)
        .map(number -> Result.of(Numbers.normal(number)))
        .orElseGet(() -> Result.fault("NOT_A_NUMBER", "is no number"));
  }

  private static Optional<BigDecimal> number(Object value) {
    return value instanceof BigDecimal number ? Optional.of(number) : Numbers.read(text(value));
  }

  private static Result truth(Object value) {
    if (value instanceof Boolean) {
      return Result.of(value);
    }
    Boolean truth = TRUTHS.get(text(value).toLowerCase(Locale.ROOT));
    return truth == null ? Result.fault("NOT_A_TRUTH", "is neither yes nor no") : Result.of(truth);
  }
}
