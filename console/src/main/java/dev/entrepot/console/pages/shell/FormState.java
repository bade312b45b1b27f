package dev.entrepot.console.pages.shell;

import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands in a form: what there was, or what was typed, and why it was refused.
///
/// @param values by field; a box that is ticked is `true`
/// @param refusal null when nothing was refused
public record FormState(Map<String, String> values, @Nullable Refusal refusal) {
  public FormState {
    values = Map.copyOf(values);
  }

  /// A form that was not filled in yet.
  public static FormState blank() {
    return new FormState(Map.of(), null);
  }

  /// What there is.
  public static FormState of(Map<String, String> values) {
    return new FormState(values, null);
  }

  /// What was typed, and why it was refused.
  public static FormState of(Form form, Refusal refusal) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : form.names()) {
      values.put(name, form.value(name).orElse(""));
    }
    return new FormState(values, refusal);
  }

  /// The value of a field, or the empty text.
  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  /// The field with what stands in it and what is wrong with it.
  public Field fill(Field field) {
    Field marked =
        refusal != null && refusal.at(field.name()) ? field.error(refusal.message()) : field;
    if (field.box()) {
      return marked.checked(value(field.name()).equals("true"));
    }
    return field.kind() == Field.Kind.PASSWORD ? marked : marked.value(value(field.name()));
  }

  /// The form with what stands in all its fields, and above them what is wrong with none of them.
  public FormView fill(FormView form) {
    return form.filled(this::fill, refusal == null ? null : refusal.message());
  }
}
