package dev.entrepot.console.pages.inbox;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Option;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The settings of a kind of sender as fields of a form, one each.
final class SettingFields {
  private static final String PREFIX = "settings.";

  private SettingFields() {}

  static Field[] of(EventSourceFactory kind) {
    return kind.settings().stream().map(SettingFields::field).toArray(Field[]::new);
  }

  /// What stands in the fields: what was set, or what holds as long as nothing is.
  static Map<String, String> values(EventSourceFactory kind, Map<String, String> set) {
    Map<String, String> values = new HashMap<>();
    for (SettingField setting : kind.settings()) {
      String value = set.getOrDefault(setting.name(), setting.fallback());
      values.put(PREFIX + setting.name(), value == null ? "" : value);
    }
    return values;
  }

  /// What was typed. A setting that is as usual is not set, so that it follows its default.
  static Map<String, String> read(EventSourceFactory kind, Form form) {
    Map<String, String> settings = new HashMap<>();
    for (SettingField setting : kind.settings()) {
      form.value(PREFIX + setting.name())
          .map(String::strip)
          .filter(value -> !value.equals(setting.fallback()))
          .filter(value -> !(value.isEmpty() && setting.fallback() == null))
          .ifPresent(value -> settings.put(setting.name(), value));
    }
    return settings;
  }

  /// What is set, for those who may not change it; what is as usual is left out.
  static List<Fact> facts(EventSourceFactory kind, Map<String, String> set) {
    return kind.settings().stream()
        .filter(setting -> set.containsKey(setting.name()))
        .map(setting -> new Fact(Words.of(setting.name()), Cell.code(set.get(setting.name()))))
        .toList();
  }

  private static Field field(SettingField setting) {
    String name = PREFIX + setting.name();
    String label = Words.of(setting.name());
    Field field =
        setting.choices().isEmpty()
            ? Field.text(name, label).autocomplete("off")
            : Field.select(name, label, choices(setting));
    String usual = setting.fallback();
    String help = Words.sentence(setting.description());
    if (usual == null) {
      return field.mandatory().help(help);
    }
    Field chosen = setting.choices().isEmpty() ? field : field.mandatory();
    return chosen.help(usual.isEmpty() ? help : help + " Default: " + usual + ".");
  }

  private static List<Option> choices(SettingField setting) {
    List<Option> options = new ArrayList<>();
    if (setting.fallback() == null) {
      options.add(new Option("", "Choose one"));
    }
    setting.choices().forEach(choice -> options.add(new Option(choice, choice)));
    return options;
  }
}
