package dev.entrepot.flow.mapping;

import dev.entrepot.expression.Expression;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping, checked and ready for records. Immutable; safe for use by many threads.
public final class CompiledMapping implements RecordMapping {
  private static final String ID = CanonicalField.ID.word();
  private static final String SKU = CanonicalField.SKU.word();

  private record CompiledCheck(CheckRule rule, RecordExpression expression) {}

  private final MappingDocument document;
  private final List<CompiledField> fields;
  private final List<CompiledCheck> checks;
  private final boolean expressions;

  private CompiledMapping(MappingDocument document, KnownFields known) {
    Map<String, FieldSpec> destination = known.destinationByName();
    this.document = document;
    this.fields =
        document.fields().stream()
            .map(rule -> new CompiledField(rule, document, destination))
            .toList();
    this.checks =
        document.checks().stream()
            .map(rule -> new CompiledCheck(rule, RecordExpression.check(rule.expression())))
            .toList();
    this.expressions =
        !checks.isEmpty() || fields.stream().anyMatch(field -> field.expression().isPresent());
  }

  /// All that is wrong or doubtful with a mapping between two systems.
  public static List<ConfigProblem> check(MappingDocument document, KnownFields known) {
    return MappingCheck.of(document, known);
  }

  /// @throws FlowConfigException INVALID with all problems, when one of them refuses
  public static CompiledMapping of(MappingDocument document, KnownFields known) {
    List<ConfigProblem> problems = check(document, known);
    if (problems.stream().anyMatch(ConfigProblem::refuses)) {
      throw FlowConfigException.invalid("the mapping for " + document.productType(), problems);
    }
    return new CompiledMapping(document, known);
  }

  public MappingDocument document() {
    return document;
  }

  @Override
  public MappedRecord map(Fields source) {
    return map(source, null);
  }

  /// @param stories gets what happened to each field; null: nobody asks
  MappedRecord map(Fields source, @Nullable List<FieldStory> stories) {
    List<Problem> problems = new ArrayList<>(0);
    Map<String, Object> view = expressions ? RecordExpression.view(source.values()) : Map.of();
    Fields.Builder product = Fields.builder(fields.size() + 1);
    Fields.Builder item = Fields.builder(fields.size());
    String key = null;
    for (CompiledField field : fields) {
      FieldRule rule = field.rule();
      int before = problems.size();
      List<String> trail = stories == null ? null : new ArrayList<>();
      Object value = field.read(source, view, problems, trail);
      if (value != null) {
        product.put(rule.canonical(), value);
        send(field, value, item);
        if (rule.canonical().equals(ID)) {
          key = Conversion.text(value);
        }
      }
      if (stories != null && trail != null) {
        List<Problem> own = problems.subList(before, problems.size());
        stories.add(FieldStory.of(field, field.raw(source), trail, value, own));
      }
    }
    fallBack(key, product, item);
    Fields mapped = product.build();
    runChecks(view, mapped.values(), problems);
    if (key == null && problems.isEmpty()) {
      problems.add(new Problem(ID, "MISSING", "id is missing", null));
    }
    return new MappedRecord(key, mapped, item.build(), problems);
  }

  private static void send(CompiledField field, Object value, Fields.Builder item) {
    String to = field.rule().to();
    if (to != null) {
      item.put(to, field.sent(value));
    }
  }

  /// The id stands in for a SKU that is not there.
  private void fallBack(@Nullable String key, Fields.Builder product, Fields.Builder item) {
    if (key == null || product.has(SKU)) {
      return;
    }
    product.put(SKU, key);
    for (CompiledField field : fields) {
      if (field.rule().canonical().equals(SKU)) {
        send(field, key, item);
      }
    }
  }

  private void runChecks(
      Map<String, Object> view, Map<String, @Nullable Object> product, List<Problem> problems) {
    // A check over what is missing or wrong would only repeat it.
    if (checks.isEmpty() || !problems.isEmpty()) {
      return;
    }
    Map<String, Object> variables =
        Map.of("source", view, "product", RecordExpression.view(product));
    for (CompiledCheck check : checks) {
      String field = fieldOf(check);
      try {
        if (!Boolean.TRUE.equals(check.expression().evaluate(variables))) {
          problems.add(new Problem(field, "RULE", check.rule().message(), null));
        }
      } catch (Expression.Failure e) {
        String message = check.rule().message() + " (cannot be checked: " + e.getMessage() + ")";
        problems.add(new Problem(field, "RULE", message, null));
      }
    }
  }

  /// The field a check is about, when it names only one.
  private static String fieldOf(CompiledCheck check) {
    Set<String> named = check.expression().productFields();
    return named.size() == 1 ? named.iterator().next() : "";
  }

  /// The source's fields that it reads, by the names of the whole fields.
  Set<String> sourceFields() {
    Set<String> names = new LinkedHashSet<>();
    for (CompiledField field : fields) {
      String from = field.rule().from();
      if (from != null) {
        names.add(from);
      }
      field.expression().ifPresent(expression -> names.addAll(expression.sourceFields()));
    }
    checks.forEach(check -> names.addAll(check.expression().sourceFields()));
    return names;
  }

  List<CompiledField> fields() {
    return fields;
  }
}
