package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One object of a JSON document and where it is, read strictly: what does not fit is refused with
/// its place and what would fit.
record JsonPart(String place, JsonNode node) {

  static JsonPart root(JsonNode node) {
    var part = new JsonPart("", node);
    part.requireObject();
    return part;
  }

  void requireKeys(String... known) {
    for (String key : node.propertyNames()) {
      if (!Arrays.asList(known).contains(key)) {
        throw invalid(
            "%s is not known: use one of %s".formatted(at(key), String.join(", ", known)));
      }
    }
  }

  String text(String key) {
    String text = textOrNull(key);
    if (text == null || text.isBlank()) {
      throw invalid("%s is missing: give it a text".formatted(at(key)));
    }
    return text;
  }

  @Nullable String textOrNull(String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : scalar(at(key), value);
  }

  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    elements(key).forEach(element -> texts.add(scalar(element.place, element.node)));
    return texts;
  }

  /// Objects in an array.
  List<JsonPart> parts(String key) {
    if (node.get(key) == null) {
      throw invalid("%s is missing: give it a list".formatted(at(key)));
    }
    List<JsonPart> parts = elements(key);
    parts.forEach(JsonPart::requireObject);
    return parts;
  }

  Map<String, String> map(String key) {
    JsonNode value = node.get(key);
    var map = new LinkedHashMap<String, String>();
    if (value == null || value.isNull()) {
      return map;
    }
    var part = new JsonPart(at(key), value);
    part.requireObject();
    for (String name : value.propertyNames()) {
      map.put(name, scalar(part.at(name), value.get(name)));
    }
    return map;
  }

  /// @param otherwise what it is when it is absent; null: it must not be
  <E extends Enum<E>> E choice(String key, Class<E> type, @Nullable E otherwise) {
    String text = textOrNull(key);
    if (text == null) {
      if (otherwise == null) {
        throw invalid("%s is missing: use one of %s".formatted(at(key), spellings(type)));
      }
      return otherwise;
    }
    return constant(at(key), text, type);
  }

  <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    var choices = new ArrayList<E>();
    for (JsonPart element : elements(key)) {
      choices.add(constant(element.place, scalar(element.place, element.node), type));
    }
    return choices;
  }

  private List<JsonPart> elements(String key) {
    JsonNode value = node.get(key);
    var elements = new ArrayList<JsonPart>();
    if (value == null || value.isNull()) {
      return elements;
    }
    if (!value.isArray()) {
      throw invalid("%s is not a list: write it in [ ]".formatted(at(key)));
    }
    for (int i = 0; i < value.size(); i++) {
      elements.add(new JsonPart(at(key) + "[" + i + "]", value.get(i)));
    }
    return elements;
  }

  private void requireObject() {
    if (!node.isObject()) {
      throw invalid(
          "%s is not an object: write it in { }".formatted(place.isEmpty() ? "it" : place));
    }
  }

  private String at(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private static String scalar(String place, JsonNode value) {
    if (value.isString() || value.isNumber() || value.isBoolean()) {
      return value.asString();
    }
    throw invalid("%s is not a text".formatted(place));
  }

  private static <E extends Enum<E>> E constant(String place, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (MappingJson.spelling(constant).equals(text)) {
        return constant;
      }
    }
    throw invalid("%s is \"%s\": use one of %s".formatted(place, text, spellings(type)));
  }

  private static String spellings(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(MappingJson::spelling)
        .collect(Collectors.joining(", "));
  }

  private static OnboardingException invalid(String message) {
    return new OnboardingException(
        OnboardingException.Code.INVALID, "mapping", "the mapping does not fit: " + message);
  }
}
