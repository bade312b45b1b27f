package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A layout that a well-known program writes.
///
/// @param signature columns that together only this layout has
/// @param mapping for all columns the layout may have; those a file lacks are left out
/// @param notes what a person should know of it
record KnownLayout(List<String> signature, Mapping mapping, List<String> notes) {

  /// The mapping for a header of this layout; empty when it is of another.
  Optional<Mapping> fit(Columns header) {
    if (signature.stream().anyMatch(column -> header.find(column) < 0)) {
      return Optional.empty();
    }
    var fields = new ArrayList<FieldMapping>();
    for (FieldMapping field : mapping.fields()) {
      List<String> sources = present(field.sources(), header);
      boolean whole =
          field.field() != Field.DIMENSIONS_CM || sources.size() == field.sources().size();
      boolean usable = whole && (field.expression() == null || expressionFits(field, header));
      if (usable && (!sources.isEmpty() || field.sources().isEmpty() || field.fallback() != null)) {
        fields.add(
            new FieldMapping(
                field.field(),
                sources,
                field.join(),
                field.conversions(),
                field.values(),
                field.fallback(),
                field.expression()));
      }
    }
    var custom = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> entry : mapping.custom().entrySet()) {
      int column = header.find(entry.getKey());
      if (column >= 0) {
        custom.put(header.name(column), entry.getValue());
      }
    }
    String by = mapping.fillDownBy();
    List<String> fillDown = present(mapping.fillDown(), header);
    return Optional.of(
        new Mapping(
            mapping.name(),
            mapping.decimal(),
            fields,
            custom,
            mapping.unknown(),
            fillDown,
            by == null || fillDown.isEmpty() ? null : header.name(header.require(by, "grouping")),
            present(mapping.skipWhenBlank(), header),
            mapping.skipReason()));
  }

  private static boolean expressionFits(FieldMapping field, Columns header) {
    return RowExpression.columnsOf(Objects.requireNonNull(field.expression())).stream()
        .allMatch(column -> header.find(column) >= 0);
  }

  private static List<String> present(List<String> columns, Columns header) {
    return columns.stream()
        .map(header::find)
        .filter(column -> column >= 0)
        .distinct()
        .map(header::name)
        .toList();
  }
}
