package dev.entrepot.flow.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to a field of one record, for people.
///
/// @param from the source's name; null: it is not read
/// @param raw as the source has it, as text; null: nothing
/// @param steps what was done with it, each with what came out
/// @param value of the product; null: none
/// @param to the destination's name; null: it is not sent
/// @param sent as the destination gets it; null: nothing
public record FieldStory(
    String canonical,
    boolean required,
    @Nullable String from,
    @Nullable String raw,
    List<String> steps,
    @Nullable String value,
    @Nullable String to,
    @Nullable Object sent,
    List<Problem> problems) {
  public FieldStory {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
  }

  static FieldStory of(
      CompiledField field,
      @Nullable Object raw,
      List<String> steps,
      @Nullable Object value,
      List<Problem> problems) {
    FieldRule rule = field.rule();
    return new FieldStory(
        rule.canonical(),
        field.required(),
        rule.from(),
        raw == null ? null : CompiledField.shown(raw),
        steps,
        value == null ? null : CompiledField.shown(value),
        rule.to(),
        value == null || rule.to() == null ? null : field.sent(value),
        problems);
  }
}
