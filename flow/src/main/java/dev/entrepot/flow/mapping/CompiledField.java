package dev.entrepot.flow.mapping;

import dev.entrepot.expression.Expression;
import dev.entrepot.expression.SafePattern;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field's rule, ready for records. Immutable; safe for use by many threads.
final class CompiledField {
  private static final int LONGEST_SHOWN = 200;

  private final FieldRule rule;
  private final String[] path;
  private final boolean required;
  private final boolean ean;
  private final FieldSpec.@Nullable Type target;
  private final Conversion conversion;
  private final DateFormat.Converter dates;
  private final LocationFormat locations;
  private final boolean location;
  private final @Nullable SafePattern pattern;
  private final @Nullable RecordExpression expression;

  CompiledField(FieldRule rule, MappingDocument document, Map<String, FieldSpec> destination) {
    this.rule = rule;
    String from = rule.from();
    this.path = from == null || !from.contains(".") ? new String[0] : from.split("\\.", -1);
    FieldSpec spec = rule.to() == null ? null : destination.get(rule.to());
    this.target = spec == null ? null : spec.type();
    this.required = required(rule, spec);
    DateFormat format = document.dates();
    this.dates = (format == null ? DateFormat.STANDARD : format).converter();
    LocationFormat places = document.locations();
    this.locations = places == null ? LocationFormat.STANDARD : places;
    this.location =
        places != null
            && rule.canonical().equals(CanonicalField.WAREHOUSE_LOCATION.word())
            && !rule.transforms().contains(Transform.LOCATION);
    this.conversion = Conversion.of(rule.type(), dates);
    String validation = rule.validation();
    this.ean =
        rule.canonical().equals(CanonicalField.EAN.word()) || MappingCheck.EAN.equals(validation);
    this.pattern =
        validation == null || validation.equals(MappingCheck.EAN)
            ? null
            : SafePattern.compile(validation);
    this.expression = rule.expression() == null ? null : RecordExpression.value(rule.expression());
  }

  private static boolean required(FieldRule rule, @Nullable FieldSpec spec) {
    boolean canonical =
        CanonicalField.of(rule.canonical()).filter(CanonicalField::required).isPresent();
    // The id stands in for a SKU that is not there.
    boolean needed = canonical && !rule.canonical().equals(CanonicalField.SKU.word());
    return rule.required() || needed || (spec != null && spec.mandatory());
  }

  FieldRule rule() {
    return rule;
  }

  boolean required() {
    return required;
  }

  Optional<RecordExpression> expression() {
    return Optional.ofNullable(expression);
  }

  /// What the source has; null: nothing, or nothing but space.
  @Nullable Object raw(Fields source) {
    String from = rule.from();
    if (from == null) {
      return null;
    }
    Object value = source.values().get(from);
    if (value == null && path.length > 1) {
      value = nested(source.values());
    }
    return blank(value) ? null : value;
  }

  private @Nullable Object nested(Map<String, @Nullable Object> values) {
    Object value = values;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value;
  }

  /// The product's value.
  ///
  /// @param view the source as expressions see it
  /// @param trail what happened on the way, for people; null: nobody asks
  /// @return null: there is none, or it is wrong
  @Nullable Object read(
      Fields source,
      Map<String, Object> view,
      List<Problem> problems,
      @Nullable List<String> trail) {
    Object raw = raw(source);
    Object value = raw;
    if (expression != null) {
      try {
        value = expression.evaluate(Map.of("source", view, "value", RecordExpression.seen(raw)));
        tell(trail, "expression", value);
      } catch (Expression.Failure e) {
        problems.add(problem("EXPRESSION", "cannot be calculated: " + e.getMessage(), raw));
        return null;
      }
    }
    if (blank(value) && rule.fallback() != null) {
      value = rule.fallback();
      tell(trail, "default", value);
    }
    if (value == null || blank(value)) {
      if (required) {
        problems.add(problem("MISSING", "is missing" + wanted(), null));
      }
      return null;
    }
    if (value instanceof Map || value instanceof List) {
      problems.add(problem("HAS_PARTS", "has parts within, a single value is expected", value));
      return null;
    }
    return converted(value, problems, trail);
  }

  private @Nullable Object converted(
      Object value, List<Problem> problems, @Nullable List<String> trail) {
    Object prepared = value instanceof String text ? text.strip() : value;
    for (Transform transform : rule.transforms()) {
      String text = transformed(transform, Conversion.text(prepared), problems);
      if (text == null) {
        return null;
      }
      prepared = text;
      tell(trail, transform.word(), prepared);
    }
    if (location) {
      prepared = transformed(Transform.LOCATION, Conversion.text(prepared), problems);
      if (prepared == null) {
        return null;
      }
      tell(trail, "location_format", prepared);
    }
    Conversion.Result result = conversion.read(prepared);
    if (result.value() == null) {
      problems.add(
          problem(
              String.valueOf(result.code()),
              "\"%s\" ".formatted(shown(value)) + result.fault(),
              value));
      return null;
    }
    tell(trail, rule.type().word(), result.value());
    return checked(result.value(), problems);
  }

  private @Nullable String transformed(Transform transform, String text, List<Problem> problems) {
    return switch (transform) {
      case TRIM -> text.strip();
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case COLLAPSE -> collapsed(text);
      case DIGITS -> digits(text);
      case LOCATION ->
          locations
              .convert(text)
              .orElseGet(() -> {
                problems.add(
                    problem(
                        "BAD_LOCATION",
                        "\"%s\" is no location like %s".formatted(shown(text), locations.from()),
                        text));
                return null;
              });
      case DATE ->
          dates
              .convert(text)
              .orElseGet(() -> {
                problems.add(
                    problem("NOT_A_DATE", "\"%s\" is no date".formatted(shown(text)), text));
                return null;
              });
    };
  }

  private static String collapsed(String text) {
    var collapsed = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      boolean space = Character.isWhitespace(text.charAt(at));
      if (!space) {
        collapsed.append(text.charAt(at));
      } else if (!collapsed.isEmpty() && collapsed.charAt(collapsed.length() - 1) != ' ') {
        collapsed.append(' ');
      }
    }
    return collapsed.toString().strip();
  }

  private static String digits(String text) {
    var digits = new StringBuilder(text.length());
    text.chars().filter(one -> one >= '0' && one <= '9').forEach(one -> digits.append((char) one));
    return digits.toString();
  }

  private @Nullable Object checked(Object value, List<Problem> problems) {
    if (ean) {
      String fault = Ean.fault(Conversion.text(value));
      if (!fault.isEmpty()) {
        problems.add(
            problem("BAD_EAN", "\"%s\" is no EAN: %s".formatted(shown(value), fault), value));
        return null;
      }
    }
    if (pattern != null && !pattern.fits(Conversion.text(value))) {
      problems.add(
          problem(
              "PATTERN",
              "\"%s\" does not fit %s".formatted(shown(value), rule.validation()),
              value));
      return null;
    }
    return value;
  }

  /// The value as the destination's type.
  Object sent(Object value) {
    return target == FieldSpec.Type.TEXT ? Conversion.text(value) : value;
  }

  private Problem problem(String code, String message, @Nullable Object value) {
    return new Problem(
        rule.canonical(),
        code,
        rule.canonical() + " " + message,
        value == null ? null : shown(value));
  }

  private String wanted() {
    return rule.from() == null ? "" : " (the source's " + rule.from() + " is empty or absent)";
  }

  private static void tell(@Nullable List<String> trail, String step, @Nullable Object value) {
    if (trail != null) {
      trail.add(step + ": " + (value == null ? "nothing" : shown(value)));
    }
  }

  static String shown(Object value) {
    String text = Conversion.text(value);
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  private static boolean blank(@Nullable Object value) {
    return value == null || (value instanceof String text && text.isBlank());
  }
}
