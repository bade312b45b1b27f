package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.ConfigPart;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.NearestName;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Credentials in JSON. No message here repeats a value.
final class Credentials {
  private static final String MASK = "••••••••";

  private Credentials() {}

  /// @param given values from elsewhere, which count more than those in the JSON
  /// @param problems get what is wrong, without any value
  static Fields read(
      String json,
      List<CredentialField> known,
      Map<String, String> given,
      ConfigProblems problems) {
    ConfigTree tree = ConfigTree.read(json, new ConfigProblems());
    if (!(tree.value() instanceof Map<?, ?> map)) {
      problems.error(
          "", "the credentials are no JSON object", "write it like {\"api_key\": \"…\"}");
      return Fields.EMPTY;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach((name, value) -> values.put((String) name, value));
    values.putAll(given);
    Map<String, String> flat = flat(values);
    List<String> names = known.stream().map(CredentialField::name).toList();
    for (CredentialField field : known) {
      if (field.mandatory() && flat.getOrDefault(field.name(), "").isBlank()) {
        problems.error(
            field.name(), field.name() + " is missing", "give it: " + field.description());
      }
    }
    for (String name : flat.keySet()) {
      if (names.stream().noneMatch(one -> one.equals(name) || name.startsWith(one + "."))) {
        problems.warning(name, name + " is not used", NearestName.remedy(name, names));
      }
    }
    return new Fields(values);
  }

  /// Every value by its name, nested ones with points, secret ones masked; so are those nobody
  /// knows.
  static Map<String, String> masked(Fields credentials, List<CredentialField> known) {
    Map<String, String> masked = new TreeMap<>();
    flat(credentials.values())
        .forEach((name, value) -> {
          boolean open =
              known.stream().anyMatch(field -> !field.secret() && covers(field.name(), name));
          masked.put(name, open || value.isEmpty() ? value : MASK);
        });
    return masked;
  }

  /// What tells one account from another: where it is and the secrets that open it, in one text.
  static String identity(Fields credentials, List<CredentialField> known) {
    StringBuilder text = new StringBuilder();
    flat(credentials.values())
        .forEach((name, value) -> {
          boolean secret =
              known.stream().anyMatch(field -> field.secret() && covers(field.name(), name));
          boolean address = value.startsWith("https://") || value.startsWith("http://");
          if (secret || address) {
            String plain = address ? value.strip().replaceFirst("/+$", "") : value.strip();
            text.append(name).append('=').append(plain).append('\n');
          }
        });
    return text.toString();
  }

  private static boolean covers(String field, String name) {
    return field.equals(name) || name.startsWith(field + ".");
  }

  private static Map<String, String> flat(Map<String, @Nullable Object> values) {
    Map<String, String> flat = new TreeMap<>();
    flatten(ConfigTree.of(values).root(new ConfigProblems()), flat);
    return flat;
  }

  private static void flatten(ConfigPart part, Map<String, String> flat) {
    if (part.isMap()) {
      part.parts().values().forEach(one -> flatten(one, flat));
    } else if (part.isList()) {
      part.elements().forEach(one -> flatten(one, flat));
    } else {
      flat.put(part.place(), part.text().orElse(""));
    }
  }
}
