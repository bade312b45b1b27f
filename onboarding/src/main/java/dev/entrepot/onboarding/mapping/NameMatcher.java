package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.FieldMapping;
import dev.entrepot.onboarding.mapping.Mapping.UnknownColumns;
import dev.entrepot.onboarding.mapping.Mappings.Ground;
import dev.entrepot.onboarding.mapping.Mappings.Suggestion;
import dev.entrepot.onboarding.tabular.HeaderNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds a header's columns by their names and, where those say nothing, by their values. For one
/// use by one thread.
final class NameMatcher {
  private static final int MOST_KEPT = 20;
  private static final List<String> SIDES = List.of("length", "width", "height");

  private record Candidate(Field field, int column, int sureness) {}

  private final List<String> header;
  private final List<ColumnName> names;
  private final List<ColumnSample> samples;
  private final ColumnNames known = ColumnNames.load();
  private final Map<Field, List<Integer>> found = new EnumMap<>(Field.class);
  private final Set<Integer> used;
  private final Set<Field> guessed = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  NameMatcher(List<String> header, List<List<String>> sample) {
    this.header = header;
    this.names = header.stream().map(ColumnName::new).toList();
    this.samples =
        IntStream.range(0, header.size()).mapToObj(i -> new ColumnSample(sample, i)).toList();
    this.used = nameless(header);
  }

  /// Columns that a mapping cannot name, for they have no name or that of one before.
  private static Set<Integer> nameless(List<String> header) {
    var columns = new Columns(header);
    return IntStream.range(0, header.size())
        .filter(i -> header.get(i).isBlank() || columns.find(header.get(i)) != i)
        .boxed()
        .collect(Collectors.toCollection(HashSet::new));
  }

  Suggestion suggest() {
    byName();
    sides();
    byValue();
    standIns();
    Mapping mapping = mapping();
    String origin = guessed.isEmpty() ? "by column names" : "by column names and values";
    boolean clear = guessed.isEmpty() && doubts.isEmpty() && Suggester.certain(numbers());
    return new Suggestion(
        mapping,
        origin,
        MappingPlan.compile(mapping, header).missingRequired(),
        notes,
        doubts,
        clear ? Ground.CLEAR : Ground.GUESS);
  }

  private List<ColumnSample> numbers() {
    return found.entrySet().stream()
        .filter(entry -> entry.getKey().numeric())
        .flatMap(entry -> entry.getValue().stream())
        .map(samples::get)
        .toList();
  }

  /// The columns that show how numbers are written: those that are known to be numbers, and where
  /// they do not tell, such as before the price is mapped, all that look like them.
  private List<ColumnSample> telling() {
    List<ColumnSample> numbers = numbers();
    return numbers.stream().anyMatch(ColumnSample::hasDecimals)
        ? numbers
        : samples.stream().filter(ColumnSample::isDecimal).toList();
  }

  private void byName() {
    Stream.of(Field.values())
        .flatMap(field -> IntStream.range(0, header.size()).mapToObj(i -> candidate(field, i)))
        .filter(candidate -> candidate.sureness() > 0)
        .sorted(
            Comparator.comparingInt(Candidate::sureness)
                .reversed()
                .thenComparing(Candidate::field)
                .thenComparingInt(Candidate::column))
        .forEach(candidate -> take(candidate.field(), candidate.column()));
  }

  private Candidate candidate(Field field, int column) {
    ColumnSample sample = samples.get(column);
    boolean fits =
        !field.numeric()
            || sample.isEmpty()
            || sample.hasNumbers()
            || (field == Field.STOCK_QUANTITY && sample.countsThings());
    boolean ours =
        HeaderNames.normalise(header.get(column)).equals(HeaderNames.normalise(field.column()));
    return new Candidate(
        field, column, fits || ours ? known.sureness(field, names.get(column)) : 0);
  }

  private boolean take(Field field, int column) {
    if (found.containsKey(field) || !used.add(column)) {
      return false;
    }
    found.put(field, List.of(column));
    return true;
  }

  /// Length, width and height in columns of their own.
  private void sides() {
    if (found.containsKey(Field.DIMENSIONS_CM)) {
      return;
    }
    List<Integer> sides =
        SIDES.stream()
            .flatMap(side ->
                IntStream.range(0, header.size())
                    .filter(i -> !used.contains(i) && !names.get(i).hasWord("mm", "m", "inch"))
                    .filter(i -> known.sureness(side, names.get(i)) > 0)
                    .boxed()
                    .limit(1))
            .toList();
    if (sides.size() == SIDES.size()) {
      found.put(Field.DIMENSIONS_CM, sides);
      used.addAll(sides);
      notes.add("dimensions_cm: joined from %s".formatted(quoted(sides)));
    }
  }

  private void byValue() {
    guess(Field.EAN, ColumnSample::looksLikeArticleNumbers, false);
    guess(Field.IMAGE_URL, ColumnSample::looksLikeImages, false);
    guess(Field.PRICE, ColumnSample::looksLikePrices, true);
    guess(Field.STOCK_QUANTITY, ColumnSample::looksLikeStock, true);
    if (!found.containsKey(Field.VENDOR_PRODUCT_ID)) {
      guess(Field.SKU, ColumnSample::looksLikeKeys, false);
    }
    guess(Field.PRODUCT_NAME, ColumnSample::looksLikeNames, false);
    for (Field field : guessed) {
      doubt(
          field,
          "%s: %s was chosen by its values; check it"
              .formatted(field.column(), quoted(found.getOrDefault(field, List.of()))));
    }
  }

  /// @param alone whether the guess counts only when no other column looks so
  private void guess(Field field, Predicate<ColumnSample> looks, boolean alone) {
    List<Integer> columns =
        IntStream.range(0, header.size())
            .filter(i -> !used.contains(i) && looks.test(samples.get(i)))
            .boxed()
            .toList();
    boolean clear = alone ? columns.size() == 1 : !columns.isEmpty();
    if (clear && take(field, columns.getFirst())) {
      guessed.add(field);
    }
  }

  private void standIns() {
    standIn(Field.SKU, Field.VENDOR_PRODUCT_ID);
    standIn(Field.VENDOR_PRODUCT_ID, Field.SKU);
    moveTo(Field.PRODUCT_NAME, Field.DESCRIPTION);
    moveTo(Field.PRICE, Field.COMPARE_AT_PRICE);
  }

  /// A field we need takes the column of one we can do without.
  private void moveTo(Field missing, Field present) {
    List<Integer> columns = found.get(present);
    if (columns != null
        && !found.containsKey(missing)
        && !samples.get(columns.getFirst()).hasHtml()) {
      found.remove(present);
      found.put(missing, columns);
      doubt(
          missing,
          "%s: there is no better column than %s".formatted(missing.column(), quoted(columns)));
    }
  }

  private void standIn(Field missing, Field present) {
    List<Integer> columns = found.get(present);
    if (!found.containsKey(missing) && columns != null) {
      found.put(missing, columns);
      doubt(
          missing,
          "%s: no column of its own, so %s stands in".formatted(missing.column(), quoted(columns)));
    }
  }

  private void doubt(Field field, String note) {
    notes.add(note);
    if (field.required()) {
      doubts.add(note);
    }
  }

  private Mapping mapping() {
    List<FieldMapping> fields =
        found.entrySet().stream().map(entry -> field(entry.getKey(), entry.getValue())).toList();
    return new Mapping(
        "Columns by name",
        Suggester.style(telling(), notes),
        fields,
        Map.of(),
        unknown(),
        List.of(),
        null,
        List.of(),
        null);
  }

  private UnknownColumns unknown() {
    List<Integer> left =
        IntStream.range(0, header.size()).filter(i -> !used.contains(i)).boxed().toList();
    if (left.size() > MOST_KEPT) {
      notes.add(
          "%d columns are not ours and are ignored; keep those that matter as custom fields"
              .formatted(left.size()));
      return UnknownColumns.IGNORE;
    }
    if (!left.isEmpty()) {
      notes.add("kept as custom fields: %s".formatted(quoted(left)));
    }
    return UnknownColumns.KEEP;
  }

  private FieldMapping field(Field field, List<Integer> columns) {
    List<String> sources = columns.stream().map(header::get).toList();
    String join = field == Field.DIMENSIONS_CM ? "x" : " ";
    return new FieldMapping(
        field,
        sources,
        join,
        ColumnConversions.of(
            field, names.get(columns.getFirst()), samples.get(columns.getFirst()), notes),
        Map.of(),
        null,
        null);
  }

  private String quoted(List<Integer> columns) {
    return String.join(", ", columns.stream().map(i -> '"' + header.get(i) + '"').toList());
  }
}
