package dev.entrepot.onboarding.rules;

import java.text.Normalizer;
import java.util.Locale;

/// The codes under which operators' rules appear among the built-in ones.
final class RuleCodes {
  private RuleCodes() {}

  /// A rule's name in upper snake case: `Margin too small` is `MARGIN_TOO_SMALL`.
  ///
  /// @return "" when the name has neither letters nor digits
  static String of(String name) {
    var code = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFKD)
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> {
          if (Character.isLetterOrDigit(c)) {
            code.appendCodePoint(c);
          } else if (!code.isEmpty() && code.charAt(code.length() - 1) != '_') {
            code.append('_');
          }
        });
    int end = code.length();
    return end > 0 && code.charAt(end - 1) == '_' ? code.substring(0, end - 1) : code.toString();
  }

  /// Whether a code is one of the built-in rules'.
  static boolean isBuiltIn(String code) {
    for (RuleCode builtIn : RuleCode.values()) {
      if (builtIn.name().equals(code)) {
        return true;
      }
    }
    return false;
  }
}
