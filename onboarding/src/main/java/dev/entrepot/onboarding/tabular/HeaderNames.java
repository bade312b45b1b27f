package dev.entrepot.onboarding.tabular;

import java.text.Normalizer;
import java.util.Locale;

/// How names of columns are compared: without case, spaces, punctuation and accents.
public final class HeaderNames {
  private HeaderNames() {}

  /// The form in which two names of the same column are equal: `"Product Name"`, `"product_name"`
  /// and `"PRODUCT-NAME"` all become `"productname"`, `"Größe (cm)"` becomes `"grossecm"`. Letters
  /// of scripts other than Latin are kept. A name without letters and digits becomes "".
  public static String normalise(String name) {
    String folded = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder kept = new StringBuilder(folded.length());
    folded
        .codePoints()
        .forEach(letter -> {
          switch (letter) {
            case 'ß' -> kept.append("ss");
            case 'æ' -> kept.append("ae");
            case 'œ' -> kept.append("oe");
            case 'ø' -> kept.append('o');
            case 'đ', 'ð' -> kept.append('d');
            case 'ł' -> kept.append('l');
            case 'þ' -> kept.append("th");
            case 'ı' -> kept.append('i');
            default -> {
              if (Character.isLetterOrDigit(letter)) {
                kept.appendCodePoint(letter);
              }
            }
          }
        });
    return kept.toString();
  }
}
