package dev.entrepot.onboarding.rules;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Two or three measures such as `10x20x30` or `10 x 20.5 x 30 cm`.
final class Dimensions {
  private static final int LONGEST = 100;
  private static final String MEASURE = "(?!0+(?:\\.0+)?(?![0-9.]))[0-9]{1,9}(?:\\.[0-9]{1,9})?";
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*%1$s(?:\\s*(?:[cC][mM])?\\s*[xX×*]\\s*%1$s){1,2}\\s*(?:[cC][mM])?\\s*"
              .formatted(MEASURE));

  private Dimensions() {}

  static boolean valid(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }

  /// The same with decimal points for commas and an `x` between, if that reads.
  static @Nullable String guess(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    String points = text.replaceAll("(?<=[0-9]),(?=[0-9])", ".");
    String guess = points.replaceAll("\\s*(?:[-/|;]|by|[xX×*]|,)\\s*", "x").strip();
    return valid(guess) ? guess : null;
  }
}
