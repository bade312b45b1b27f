package dev.entrepot.flow.mapping;

import dev.entrepot.expression.ExpressionException;
import dev.entrepot.expression.SafePattern;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.NearestName;
import dev.entrepot.spi.record.FieldSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a mapping can be used between two systems.
final class MappingCheck {
  static final String EAN = "ean13";

  private final MappingDocument document;
  private final KnownFields known;
  private final Map<String, FieldSpec> destination;
  private final ConfigProblems problems = new ConfigProblems();

  private MappingCheck(MappingDocument document, KnownFields known) {
    this.document = document;
    this.known = known;
    this.destination = known.destinationByName();
  }

  static List<ConfigProblem> of(MappingDocument document, KnownFields known) {
    var check = new MappingCheck(document, known);
    check.canonical();
    check.document.fields().forEach(check::field);
    check.destination();
    for (int number = 1; number <= document.checks().size(); number++) {
      CheckRule rule = document.checks().get(number - 1);
      check.compiles("rules." + number + ".check", () -> RecordExpression.check(rule.expression()));
    }
    return check.problems.all();
  }

  private void canonical() {
    Set<String> present = new HashSet<>();
    for (FieldRule field : document.fields()) {
      if (field.hasSource()) {
        present.add(field.canonical());
      }
    }
    for (CanonicalField field : CanonicalField.values()) {
      boolean falls = field == CanonicalField.SKU && rule(field.word()) == null;
      if (field.required() && !falls && !present.contains(field.word())) {
        problems.error(
            place(field.word()),
            "the product needs " + field.word() + ", and nothing gives it",
            "add %s with the source's field (siesa_field or from), or with a default or expr"
                .formatted(field.word()));
      }
    }
  }

  private void field(FieldRule field) {
    Optional<CanonicalField> canonical = CanonicalField.of(field.canonical());
    if (canonical.isEmpty() && !field.custom()) {
      problems.error(
          place(field.canonical()),
          "there is no field \"%s\" of a product".formatted(field.canonical()),
          NearestName.remedy(field.canonical(), CanonicalField.words())
              + ", or custom:%s".formatted(field.canonical()));
    } else if (field.canonical().equals(CanonicalField.CUSTOM)) {
      problems.error(
          place(field.canonical()), "custom: needs a name", "write it like custom:colour");
    }
    canonical.ifPresent(one -> type(field, one));
    source(field);
    target(field);
    pattern(field);
    expression(field);
    fallback(field);
  }

  private void type(FieldRule field, CanonicalField canonical) {
    if (!canonical.types().contains(field.type())) {
      problems.error(
          place(field.canonical(), "type"),
          "%s cannot be of type %s".formatted(field.canonical(), field.type().word()),
          "make it "
              + String.join(" or ", canonical.types().stream().map(FieldType::word).toList()));
    }
  }

  private void source(FieldRule field) {
    if (!field.hasSource()
        && CanonicalField.of(field.canonical()).filter(CanonicalField::required).isEmpty()) {
      problems.error(
          place(field.canonical()),
          "nothing gives " + field.canonical(),
          "name the source's field (siesa_field or from), or leave it out");
    }
    String from = field.from();
    List<String> names = KnownFields.names(known.source());
    if (from != null && !names.isEmpty() && !names.contains(from)) {
      NearestName.of(from, names)
          .ifPresent(nearest ->
              problems.warning(
                  place(field.canonical(), "from"),
                  "the source is not known to have \"%s\"".formatted(from),
                  "perhaps %s is meant".formatted(nearest)));
    }
  }

  private void target(FieldRule field) {
    String to = field.to();
    if (to == null || destination.isEmpty()) {
      return;
    }
    FieldSpec spec = destination.get(to);
    String place = place(field.canonical(), "to");
    if (spec != null && !field.type().fits(spec.type())) {
      problems.error(
          place,
          "%s is of type %s, which does not fit %s of the destination (%s)"
              .formatted(field.canonical(), field.type().word(), to, words(spec.type())),
          "change the type to one that fits");
    } else if (spec == null && field.custom() && known.others() == KnownFields.Others.TAKEN) {
      problems.warning(
          place,
          "the destination is not known to take \"%s\"".formatted(to),
          "check its spelling; it is sent all the same");
    } else if (spec == null) {
      problems.error(
          place,
          "the destination has no field \"%s\"".formatted(to),
          NearestName.remedy(to, KnownFields.names(known.destination())));
    }
  }

  private void destination() {
    Map<String, String> taken = new HashMap<>();
    for (FieldRule field : document.fields()) {
      String other = field.to() == null ? null : taken.put(field.to(), field.canonical());
      if (other != null) {
        problems.error(
            place(field.canonical(), "to"),
            "%s and %s both go to %s".formatted(other, field.canonical(), field.to()),
            "send one of them elsewhere, or leave it out");
      }
    }
    for (FieldSpec spec : known.destination()) {
      if (spec.mandatory() && !taken.containsKey(spec.name())) {
        problems.error(
            "mappings.product",
            "the destination needs %s, and no field goes to it".formatted(spec.name()),
            "send a field to it (product_field or to)");
      }
    }
    if (taken.isEmpty() && !document.fields().isEmpty()) {
      problems.error(
          "mappings.product",
          "no field goes to the destination",
          "name the destination's fields (product_field or to)");
    }
  }

  private void pattern(FieldRule field) {
    String validation = field.validation();
    if (validation != null && !validation.equals(EAN)) {
      compiles(place(field.canonical(), "validation"), () -> SafePattern.compile(validation));
    }
  }

  private void expression(FieldRule field) {
    String expression = field.expression();
    if (expression != null) {
      compiles(place(field.canonical(), "expr"), () -> RecordExpression.value(expression));
    }
  }

  private void fallback(FieldRule field) {
    String fallback = field.fallback();
    if (fallback == null || !field.transforms().isEmpty()) {
      return;
    }
    Conversion.Result read = Conversion.of(field.type(), dates()).read(fallback);
    if (read.fault() != null) {
      problems.error(
          place(field.canonical(), "default"),
          "\"%s\" %s".formatted(fallback, read.fault()),
          "give a default of type " + field.type().word());
    }
  }

  private DateFormat.Converter dates() {
    DateFormat format = document.dates();
    return (format == null ? DateFormat.STANDARD : format).converter();
  }

  private void compiles(String place, Runnable compile) {
    try {
      compile.run();
    } catch (ExpressionException e) {
      problems.error(place, String.valueOf(e.getMessage()), "mend it");
    }
  }

  private @Nullable FieldRule rule(String canonical) {
    return document.fields().stream()
        .filter(field -> field.canonical().equals(canonical))
        .findFirst()
        .orElse(null);
  }

  private static String words(FieldSpec.Type type) {
    return switch (type) {
      case TEXT -> "text";
      case WHOLE -> "a whole number";
      case DECIMAL -> "a number";
      case TRUTH -> "true or false";
      case DATE -> "a date";
    };
  }

  private static String place(String canonical) {
    return "mappings.product." + canonical;
  }

  private static String place(String canonical, String part) {
    return place(canonical) + "." + part;
  }
}
