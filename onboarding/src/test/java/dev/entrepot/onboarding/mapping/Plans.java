package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Mappings as tests need them, and what they make of a row.
final class Plans {
  private Plans() {}

  static FieldMapping field(
      Field field, List<String> sources, @Nullable String fallback, @Nullable String expression) {
    return new FieldMapping(field, sources, " ", List.of(), Map.of(), fallback, expression);
  }

  static Mapping mapping(FieldMapping... fields) {
    return mapping(DecimalStyle.POINT, fields);
  }

  static Mapping mapping(DecimalStyle style, FieldMapping... fields) {
    return new Mapping(
        "test",
        style,
        List.of(fields),
        Map.of(),
        UnknownColumns.IGNORE,
        List.of(),
        null,
        List.of(),
        null);
  }

  static MappedRow apply(Mapping mapping, List<String> header, String... cells) {
    return MappingPlan.compile(mapping, header).start().apply(Arrays.asList(cells));
  }
}
