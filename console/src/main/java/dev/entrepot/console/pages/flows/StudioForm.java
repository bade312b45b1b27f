package dev.entrepot.console.pages.flows;

import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.MappingStudio;
import dev.entrepot.console.view.Option;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.mapping.CanonicalField;
import dev.entrepot.flow.mapping.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a mapping as fields of a form, and back into the mapping as it is written.
final class StudioForm {
  private static final String PRODUCT = "product";
  private static final String PLACE = "mappings." + PRODUCT + ".";
  private static final int EMPTY_ROWS = 2;
  private static final List<String> NAMES =
      List.of("from", "to", "type", "required", "default", "expr", "transform", "validation");

  private StudioForm() {}

  /// One entry for each field, and some for new ones.
  static List<MappingStudio.Entry> entries(
      Map<String, @Nullable Object> tree, List<ConfigProblem> problems) {
    List<String> names = new ArrayList<>(fields(tree).keySet());
    names.addAll(Collections.nCopies(EMPTY_ROWS, ""));
    return entries(names, tree, problems);
  }

  /// One entry for each row of a form as it was sent, so that each stays in its place.
  ///
  /// @param names of the rows in their order, empty where nothing was typed
  static List<MappingStudio.Entry> entries(
      List<String> names, Map<String, @Nullable Object> tree, List<ConfigProblem> problems) {
    Map<String, @Nullable Object> fields = fields(tree);
    List<MappingStudio.Entry> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(entry(entries.size(), name, map(fields.get(name)), problems));
    }
    return entries;
  }

  /// The names of a form's rows.
  static List<String> names(Form form) {
    List<String> names = new ArrayList<>();
    while (form.value("f" + names.size() + ".name").isPresent()) {
      names.add(form.text("f" + names.size() + ".name").orElse(""));
    }
    return names;
  }

  private static MappingStudio.Entry entry(
      int index, String name, Map<String, @Nullable Object> rule, List<ConfigProblem> problems) {
    String f = "f" + index + ".";
    Map<String, List<ConfigProblem>> wrong = name.isEmpty() ? Map.of() : byPart(name, problems);
    Field canonical =
        Field.text(f + "name", name.isEmpty() ? "New field" : "Field")
            .value(name)
            .placeholder("custom:colour")
            .autocomplete("off");
    List<Field> main =
        List.of(
            name.isEmpty() ? canonical.help("Without a name it is left out.") : canonical,
            text(f + "from", "From", either(rule, "from", "siesa_field")),
            text(f + "to", "To", either(rule, "to", "product_field")));
    List<Field> more =
        List.of(
            Field.select(f + "type", "Type", types()).value(value(rule, "type")),
            Field.select(
                    f + "required",
                    "Required",
                    List.of(
                        new Option("", "As usual"),
                        new Option("true", "Yes"),
                        new Option("false", "No")))
                .value(value(rule, "required")),
            text(f + "default", "Default", value(rule, "default")),
            text(f + "expr", "Expression", value(rule, "expr"))
                .help("CEL over source and value, such as value * 2.0."),
            text(f + "transform", "Transform", list(rule.get("transform")))
                .help("trim, upper, lower, collapse, digits, location, date."),
            text(f + "validation", "Validation", value(rule, "validation"))
                .help("A regular expression, or ean13."));
    return new MappingStudio.Entry(
        index,
        name.isEmpty() ? "New field " + (index + 1) : name,
        main.stream().map(field -> marked(field, f, wrong)).toList(),
        summary(rule),
        more.stream().map(field -> marked(field, f, wrong)).toList());
  }

  /// What is wrong or doubtful with a field, by the part of its rule, as this form calls it.
  private static Map<String, List<ConfigProblem>> byPart(
      String name, List<ConfigProblem> problems) {
    Map<String, List<ConfigProblem>> parts = new HashMap<>();
    for (ConfigProblem problem : problems) {
      for (String place : Set.copyOf(List.of(PLACE + name, PLACE + CanonicalField.spelled(name)))) {
        if (problem.place().equals(place) || problem.place().startsWith(place + ".")) {
          String part = problem.place().substring(place.length()).replaceFirst("^\\.", "");
          parts.computeIfAbsent(part(part), _ -> new ArrayList<>()).add(problem);
        }
      }
    }
    return parts;
  }

  private static String part(String place) {
    String part = place.split("\\.", 2)[0];
    return switch (part) {
      case "siesa_field" -> "from";
      case "product_field" -> "to";
      default -> NAMES.contains(part) ? part : "name";
    };
  }

  private static Field marked(Field field, String prefix, Map<String, List<ConfigProblem>> wrong) {
    List<ConfigProblem> own =
        wrong.getOrDefault(field.name().substring(prefix.length()), List.of());
    List<ConfigProblem> errors = own.stream().filter(ConfigProblem::refuses).toList();
    List<ConfigProblem> doubts = own.stream().filter(one -> !one.refuses()).toList();
    Field helped = doubts.isEmpty() ? field : field.help(FlowWords.problems(doubts));
    return errors.isEmpty() ? helped : helped.error(FlowWords.problems(errors));
  }

  private static Field text(String name, String label, String value) {
    return Field.text(name, label).value(value).autocomplete("off");
  }

  private static List<Option> types() {
    List<Option> options = new ArrayList<>();
    options.add(new Option("", "As usual"));
    Arrays.stream(FieldType.values()).map(FieldType::word).map(Option::of).forEach(options::add);
    return options;
  }

  private static String summary(Map<String, @Nullable Object> rule) {
    List<String> told = new ArrayList<>();
    for (String name : NAMES.subList(2, NAMES.size())) {
      String value = name.equals("transform") ? list(rule.get(name)) : value(rule, name);
      if (name.equals("required")) {
        if (value.equals("true")) {
          told.add("required");
        }
      } else if (!value.isEmpty()) {
        told.add(name + " " + value);
      }
    }
    return told.isEmpty() ? "Taken as it is" : String.join(", ", told);
  }

  private static String either(Map<String, @Nullable Object> rule, String ours, String given) {
    String value = value(rule, ours);
    return value.isEmpty() ? value(rule, given) : value;
  }

  private static String value(Map<String, @Nullable Object> rule, String name) {
    Object value = rule.get(name);
    return value == null ? "" : value.toString();
  }

  private static String list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return String.join(", ", list.stream().map(String::valueOf).toList());
    }
    return value == null ? "" : value.toString();
  }

  /// The mapping with the fields as the form has them; all else is as it was.
  static Map<String, @Nullable Object> read(Map<String, @Nullable Object> present, Form form) {
    Map<String, @Nullable Object> before = fields(present);
    Map<String, @Nullable Object> after = new LinkedHashMap<>();
    for (int i = 0; form.value("f" + i + ".name").isPresent(); i++) {
      String f = "f" + i + ".";
      String name = form.text(f + "name").orElse("");
      if (!name.isEmpty()) {
        after.put(name, rule(map(before.get(name)), form, f));
      }
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(present);
    Map<String, @Nullable Object> mappings = new LinkedHashMap<>(map(tree.get("mappings")));
    mappings.put(PRODUCT, after);
    tree.put("mappings", mappings);
    return tree;
  }

  private static Map<String, @Nullable Object> rule(
      Map<String, @Nullable Object> before, Form form, String prefix) {
    Map<String, @Nullable Object> rule = new LinkedHashMap<>(before);
    boolean given = before.containsKey("siesa_field") || before.containsKey("product_field");
    for (String name : NAMES) {
      String typed = form.text(prefix + name).orElse(null);
      String key =
          given && name.equals("from")
              ? "siesa_field"
              : given && name.equals("to") ? "product_field" : name;
      if (typed == null) {
        rule.remove(key);
      } else {
        rule.put(key, value(name, typed));
      }
    }
    return rule;
  }

  private static Object value(String name, String typed) {
    return switch (name) {
      case "required" -> Boolean.valueOf(typed);
      case "transform" -> Arrays.stream(typed.split("[,\\s]+")).toList();
      default -> typed;
    };
  }

  private static Map<String, @Nullable Object> fields(Map<String, @Nullable Object> tree) {
    return map(map(tree.get("mappings")).get(PRODUCT));
  }

  static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> copy.put(String.valueOf(name), one));
    }
    return copy;
  }
}
