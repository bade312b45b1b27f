package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.mapping.Mapping.DecimalStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The values of a column in the first rows of a file, blanks left out, and what they look like.
final class ColumnSample {
  private static final Pattern COMMA =
      Pattern.compile("-?[0-9]{1,3}(?:\\.[0-9]{3})+,[0-9]+|-?[0-9]+,[0-9]{1,2}");
  private static final Pattern POINT =
      Pattern.compile("-?[0-9]{1,3}(?:,[0-9]{3})+\\.[0-9]+|-?[0-9]+\\.[0-9]{1,2}");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,7}");
  private static final Pattern ARTICLE = Pattern.compile("[0-9]{8}|[0-9]{12,14}");
  private static final Pattern IMAGE =
      Pattern.compile("(?i)https?://\\S+\\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)(?:[?#]\\S*)?");
  private static final Pattern KEY = Pattern.compile("(?=.*[0-9])[\\p{L}0-9][\\p{L}0-9._/-]{1,39}");
  private static final Pattern COUNTED = Pattern.compile("[0-9]{1,7} ?\\p{L}{1,12}\\.?");
  private static final Pattern HTML = Pattern.compile("</?[a-zA-Z][^>]*>");
  private static final Pattern LINKS = Pattern.compile("[,;|]\\s*https?://");
  private static final int FEW = 3;

  private final List<String> values;

  ColumnSample(List<List<String>> rows, int column) {
    this.values =
        rows.stream()
            .map(cells -> FieldSource.cell(cells, column))
            .filter(Objects::nonNull)
            .map(Blanks::trim)
            .filter(value -> !value.isEmpty())
            .toList();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /// Whether any value is a number, perhaps with a currency.
  boolean hasNumbers() {
    return values.stream().anyMatch(ColumnSample::isNumber);
  }

  boolean hasCurrency() {
    return values.stream().anyMatch(value -> isNumber(value) && !value.equals(stripped(value)));
  }

  /// How many values can only be of a style.
  long votes(DecimalStyle style) {
    Pattern sure =
        switch (style) {
          case POINT -> POINT;
          case COMMA -> COMMA;
        };
    return values.stream().filter(value -> sure.matcher(stripped(value)).matches()).count();
  }

  /// Whether any value can only be of one style.
  boolean hasDecimals() {
    return votes(DecimalStyle.POINT) + votes(DecimalStyle.COMMA) > 0;
  }

  /// Numbers alone, some of which can only be of one style.
  boolean isDecimal() {
    return values.stream().allMatch(ColumnSample::isNumber) && hasDecimals();
  }

  /// Numbers with a word behind them: `12 pcs`.
  boolean countsThings() {
    return !values.isEmpty() && values.stream().allMatch(value -> COUNTED.matcher(value).matches());
  }

  boolean hasHtml() {
    return values.stream().anyMatch(value -> HTML.matcher(value).find());
  }

  /// Several addresses in one cell.
  boolean hasLinkLists() {
    return values.stream().anyMatch(value -> LINKS.matcher(value).find());
  }

  boolean looksLikeArticleNumbers() {
    return enough(value -> ARTICLE.matcher(value).matches() && CheckDigits.valid(value));
  }

  boolean looksLikeImages() {
    return enough(value -> IMAGE.matcher(value).matches());
  }

  /// Numbers of which at least half have decimals.
  boolean looksLikePrices() {
    long decimals = Math.max(votes(DecimalStyle.POINT), votes(DecimalStyle.COMMA));
    return enough(ColumnSample::isNumber) && decimals * 2 >= values.size();
  }

  boolean looksLikeStock() {
    return enough(value -> WHOLE.matcher(value).matches()) && !looksLikeArticleNumbers();
  }

  /// Short distinct words with digits in them.
  boolean looksLikeKeys() {
    return enough(value -> KEY.matcher(value).matches())
        && distinct() == values.size()
        && !looksLikePrices();
  }

  /// Distinct texts, most of several words.
  boolean looksLikeNames() {
    long several = values.stream().filter(value -> value.contains(" ")).count();
    return enough(value -> value.length() <= 200 && value.chars().anyMatch(Character::isLetter))
        && several * 2 >= values.size()
        && distinct() * 10L >= values.size() * 9L
        && !looksLikeImages();
  }

  private int distinct() {
    return new HashSet<>(values).size();
  }

  private boolean enough(Predicate<String> test) {
    return values.size() >= FEW && values.stream().allMatch(test);
  }

  private static boolean isNumber(String value) {
    String number = stripped(value);
    return DecimalText.canonical(number, DecimalStyle.POINT) != null
        || DecimalText.canonical(number, DecimalStyle.COMMA) != null;
  }

  private static String stripped(String value) {
    return Blanks.trim(Conversions.apply(Mapping.Conversion.STRIP_CURRENCY, value));
  }
}
