package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.tabular.HeaderNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A column's name, taken apart: its forms from the full one to its core, and the units it names.
final class ColumnName {
  private static final Pattern BRACKETS = Pattern.compile("[(\\[{][^)\\]}]*[)\\]}]");
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");
  private static final Pattern CAMEL = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");

  /// Currencies, units, taxes and other words that do not change what a column means.
  private static final Set<String> NOISE =
      Set.of(
          "eur", "euro", "usd", "gbp", "chf", "kg", "g", "gr", "gram", "grams", "gramm", "grammes",
          "lb", "lbs", "oz", "cm", "stk", "stuck", "pcs", "cent", "cents", "ct", "incl", "inkl",
          "excl", "exkl", "vat", "mwst", "mw", "st", "ust", "tax", "ttc", "ht", "tva", "iva",
          "netto", "brutto", "net", "gross", "in", "en", "per", "pro", "the", "der", "des", "de",
          "du", "del", "di", "la", "le", "1", "01", "main", "total", "aktuell", "current", "your",
          "ihr");

  /// Words that make a column say something about a field rather than hold it.
  private static final Set<String> ABOUT =
      Set.of(
          "unit",
          "einheit",
          "unidad",
          "unite",
          "unita",
          "group",
          "gruppe",
          "type",
          "typ",
          "alt",
          "count",
          "date",
          "datum",
          "currency",
          "wahrung",
          "devise",
          "moneda",
          "valuta",
          "position",
          "code",
          "min",
          "max",
          "minimum",
          "maximum",
          "status",
          "location",
          "tracker",
          "policy");

  /// Words that make a column hold another product's key.
  private static final Set<String> OF_OTHERS =
      Set.of(
          "parent",
          "related",
          "upsell",
          "cross",
          "old",
          "alt",
          "previous",
          "replaced",
          "master",
          "competitor");

  private final List<String> words;
  private final List<String> forms;

  ColumnName(String text) {
    this.words =
        SEPARATORS
            .splitAsStream(text)
            .flatMap(CAMEL::splitAsStream)
            .map(HeaderNames::normalise)
            .filter(word -> !word.isEmpty())
            .toList();
    this.forms = forms(text, words);
  }

  private static List<String> forms(String text, List<String> words) {
    String full = HeaderNames.normalise(text);
    String bare = HeaderNames.normalise(BRACKETS.matcher(text).replaceAll(" "));
    String core =
        words.stream().filter(word -> !NOISE.contains(word)).collect(Collectors.joining());
    boolean about = words.size() > 1 && words.stream().anyMatch(ABOUT::contains);
    return about ? List.of(full, bare) : List.of(full, bare, core);
  }

  /// Normalised forms, each with more left out than the one before: all of it, without what stands
  /// in brackets, without units and other noise.
  List<String> forms() {
    return forms;
  }

  /// Whether the words of a field's own name stand in this one, in their order and with others
  /// around them, and none of those makes it a column about the field.
  boolean contains(Field field) {
    List<String> own = List.of(field.column().split("_", -1));
    return Collections.indexOfSubList(words, own) >= 0
        && words.stream().noneMatch(word -> ABOUT.contains(word) || OF_OTHERS.contains(word));
  }

  boolean hasWord(String... candidates) {
    return !new HashSet<>(words)
        .stream().filter(Arrays.asList(candidates)::contains).toList().isEmpty();
  }

  /// The conversion that the named unit asks for; null: none.
  Mapping.@Nullable Conversion scaling(Field field) {
    return switch (field) {
      case WEIGHT_KG -> {
        if (hasWord("g", "gr", "gram", "grams", "gramm", "grammes", "gramos", "grammi")) {
          yield Mapping.Conversion.GRAMS_TO_KILOGRAMS;
        }
        if (hasWord("lb", "lbs", "pound", "pounds")) {
          yield Mapping.Conversion.POUNDS_TO_KILOGRAMS;
        }
        yield hasWord("oz", "ounce", "ounces") ? Mapping.Conversion.OUNCES_TO_KILOGRAMS : null;
      }
      case PRICE, COMPARE_AT_PRICE ->
          hasWord("cent", "cents", "ct", "centimes") ? Mapping.Conversion.CENTS_TO_UNITS : null;
      default -> null;
    };
  }
}
