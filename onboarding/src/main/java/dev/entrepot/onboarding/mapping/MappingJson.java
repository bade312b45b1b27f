package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Mapping.Conversion;
import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import dev.entrepot.storage.StorableText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Mappings as JSON that people read and write: snake case, what is not set left out, unknown keys
/// refused by name.
public final class MappingJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String JOIN = " ";

  private MappingJson() {}

  public static String write(Mapping mapping) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(mapping));
  }

  /// As it is kept.
  ///
  /// @throws OnboardingException INVALID when a text holds what no database text can
  static String writeStorable(Mapping mapping) {
    requireStorable(tree(mapping));
    return write(mapping);
  }

  private static ObjectNode tree(Mapping mapping) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", mapping.name());
    json.put("decimal", spelling(mapping.decimal()));
    ArrayNode fields = json.putArray("fields");
    for (FieldMapping field : mapping.fields()) {
      write(field, fields.addObject());
    }
    put(json, "custom", mapping.custom());
    json.put("unknown", spelling(mapping.unknown()));
    put(json, "fill_down", mapping.fillDown());
    put(json, "fill_down_by", mapping.fillDownBy());
    put(json, "skip_when_blank", mapping.skipWhenBlank());
    put(json, "skip_reason", mapping.skipReason());
    return json;
  }

  private static void requireStorable(JsonNode node) {
    for (String name : node.propertyNames()) {
      requireStorable(name);
    }
    if (node.isString()) {
      requireStorable(node.stringValue());
    }
    node.forEach(MappingJson::requireStorable);
  }

  private static void requireStorable(String text) {
    if (!StorableText.accepts(text)) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "mapping",
          "the mapping's text \"%s\" holds a character that is no text (U+0000 or half of a surrogate pair); leave it out"
              .formatted(StorableText.repair(text)));
    }
  }

  private static void write(FieldMapping field, ObjectNode json) {
    json.put("field", field.field().column());
    put(json, "sources", field.sources());
    if (!field.join().equals(JOIN)) {
      json.put("join", field.join());
    }
    put(json, "conversions", field.conversions().stream().map(MappingJson::spelling).toList());
    put(json, "values", field.values());
    put(json, "fallback", field.fallback());
    put(json, "expression", field.expression());
  }

  private static void put(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static void put(ObjectNode json, String key, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(key);
      values.forEach(array::add);
    }
  }

  private static void put(ObjectNode json, String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = json.putObject(key);
      values.forEach(object::put);
    }
  }

  /// @throws OnboardingException INVALID naming what does not fit, and where
  public static Mapping read(String json) {
    JsonPart part = JsonPart.root(parse(json));
    part.requireKeys(
        "name",
        "decimal",
        "fields",
        "custom",
        "unknown",
        "fill_down",
        "fill_down_by",
        "skip_when_blank",
        "skip_reason");
    return new Mapping(
        part.text("name"),
        part.choice("decimal", DecimalStyle.class, DecimalStyle.POINT),
        part.parts("fields").stream().map(MappingJson::field).toList(),
        part.map("custom"),
        part.choice("unknown", UnknownColumns.class, UnknownColumns.IGNORE),
        part.texts("fill_down"),
        part.textOrNull("fill_down_by"),
        part.texts("skip_when_blank"),
        part.textOrNull("skip_reason"));
  }

  private static FieldMapping field(JsonPart part) {
    part.requireKeys("field", "sources", "join", "conversions", "values", "fallback", "expression");
    String join = part.textOrNull("join");
    return new FieldMapping(
        part.choice("field", Field.class, null),
        part.texts("sources"),
        join == null ? JOIN : join,
        part.choices("conversions", Conversion.class),
        part.map("values"),
        part.textOrNull("fallback"),
        part.textOrNull("expression"));
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "the mapping is not JSON%s: %s".formatted(place, e.getOriginalMessage()),
          e);
    }
  }

  static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
