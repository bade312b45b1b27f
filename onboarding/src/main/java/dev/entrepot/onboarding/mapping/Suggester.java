package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mappings.Ground;
import dev.entrepot.onboarding.mapping.Mappings.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes up a mapping for a header that was not seen before: by the layouts of well-known programs,
/// else by the columns' names and values.
final class Suggester {
  private Suggester() {}

  static Suggestion suggest(List<String> header, List<List<String>> sample) {
    var columns = new Columns(header);
    for (KnownLayout layout : KnownLayouts.all()) {
      Optional<Mapping> mapping = layout.fit(columns);
      if (mapping.isPresent()) {
        return known(mapping.get(), layout.notes(), header, sample);
      }
    }
    return new NameMatcher(header, sample).suggest();
  }

  private static Suggestion known(
      Mapping mapping, List<String> layoutNotes, List<String> header, List<List<String>> sample) {
    var columns = new Columns(header);
    List<ColumnSample> numbers =
        mapping.fields().stream()
            .filter(field -> field.field().numeric())
            .map(FieldMapping::sources)
            .flatMap(List::stream)
            .map(source -> new ColumnSample(sample, columns.find(source)))
            .toList();
    var notes = new ArrayList<>(layoutNotes);
    DecimalStyle style = style(numbers, notes);
    Mapping styled =
        new Mapping(
            mapping.name(),
            style,
            mapping.fields(),
            mapping.custom(),
            mapping.unknown(),
            mapping.fillDown(),
            mapping.fillDownBy(),
            mapping.skipWhenBlank(),
            mapping.skipReason());
    return new Suggestion(
        styled,
        mapping.name(),
        MappingPlan.compile(styled, header).missingRequired(),
        notes,
        List.of(),
        certain(numbers) ? Ground.CLEAR : Ground.GUESS);
  }

  /// Whether numbers show how they are written, and all the same.
  static boolean certain(List<ColumnSample> numbers) {
    boolean points = numbers.stream().anyMatch(sample -> sample.votes(DecimalStyle.POINT) > 0);
    boolean commas = numbers.stream().anyMatch(sample -> sample.votes(DecimalStyle.COMMA) > 0);
    return points != commas;
  }

  /// How most of the numbers are written that can only be read one way.
  static DecimalStyle style(List<ColumnSample> numbers, List<String> notes) {
    long points = numbers.stream().mapToLong(sample -> sample.votes(DecimalStyle.POINT)).sum();
    long commas = numbers.stream().mapToLong(sample -> sample.votes(DecimalStyle.COMMA)).sum();
    if (points > 0 && commas > 0) {
      notes.add(
          "numbers: some have decimal points, some decimal commas; those written the rarer way will be refused");
    } else if (commas > 0) {
      notes.add("numbers: read with decimal commas (1.234,50)");
    }
    return commas > points ? DecimalStyle.COMMA : DecimalStyle.POINT;
  }
}
