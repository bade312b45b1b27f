package dev.entrepot.console.pages.shell;

import dev.entrepot.onboarding.mapping.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How codes and constants are written for people.
public final class Words {
  private static final Map<String, String> ACRONYMS =
      Map.of(
          "sku", "SKU", "ean", "EAN", "url", "URL", "id", "ID", "api", "API", "cm", "cm", "kg",
          "kg", "html", "HTML");

  private Words() {}

  /// `INVALID_PRICE` as `Invalid price`, `vendor_product_id` as `Vendor product ID`.
  public static String of(String code) {
    List<String> words = new ArrayList<>();
    for (String word : code.toLowerCase(Locale.ROOT).split("[_\\-.]+", -1)) {
      words.add(ACRONYMS.getOrDefault(word, word));
    }
    return capitalised(String.join(" ", words));
  }

  /// The same for a constant.
  public static String of(Enum<?> constant) {
    return of(constant.name());
  }

  /// The text beginning with a capital letter.
  public static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
            + text.substring(text.offsetByCodePoints(0, 1));
  }

  /// A message as a sentence. A column's name keeps its spelling at the beginning, too.
  public static String sentence(String message) {
    String first = message.split("[^\\p{L}\\p{N}_]", 2)[0];
    String text = Field.ofColumn(first).isPresent() ? message : capitalised(message);
    return text.matches("(?s).*[.?!]") ? text : text + ".";
  }

  /// A count with its noun: `1 row`, `1,204 rows`.
  public static String count(long count, String singular) {
    return count(count, singular, singular + "s");
  }

  /// A count with its noun.
  public static String count(long count, String singular, String plural) {
    return dev.entrepot.console.view.Figures.count(count) + " " + (count == 1 ? singular : plural);
  }

  /// Who did something, from the form in which actors are recorded: `user:anna@example.com`.
  public static String actor(String reference) {
    int colon = reference.indexOf(':');
    if (colon < 0) {
      return reference;
    }
    String id = reference.substring(colon + 1);
    return switch (reference.substring(0, colon)) {
      case "user" -> id;
      case "key" -> "API key " + id;
      case "system" -> "Entrepot (" + id + ")";
      default -> reference;
    };
  }
}
