package dev.entrepot.onboarding.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// Letters that do not decompose into a Latin letter and an accent, and how they are commonly
/// written in Latin: German, Nordic, Polish, Croatian, Turkish and other Latin letters, Greek
/// (after ISO 843, simplified), Cyrillic (Russian, Ukrainian, Bulgarian, Serbian, Macedonian,
/// simplified). All in lower case.
final class Transliteration {
  private static final String LATIN =
      """
      ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ħ h ŋ n ŧ t ĸ k ſ s ə e ƒ f ɓ b ɗ d ɛ e ɣ g ɨ i ɲ n
      ɔ o ʉ u ʋ v ƴ y ǝ e ȷ j ƀ b ɖ d ǥ g ɩ i ŉ n
      """;

  private static final String GREEK =
      """
      α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch
      ψ ps ω o
      """;

  private static final String CYRILLIC =
      """
      а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts
      ч ch ш sh щ shch ы y э e ю yu я ya ё yo і i ї yi є ye ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj
      ѕ dz ќ kj ѐ e ѝ i
      """;

  private static final Map<Integer, String> LETTERS = letters();

  private Transliteration() {}

  /// How a lower-case letter is written in Latin; null when nothing is known of it.
  static @Nullable String of(int letter) {
    return LETTERS.get(letter);
  }

  private static Map<Integer, String> letters() {
    Map<Integer, String> letters = new HashMap<>();
    for (String table : new String[] {LATIN, GREEK, CYRILLIC}) {
      StringTokenizer words = new StringTokenizer(table);
      while (words.hasMoreTokens()) {
        letters.put(words.nextToken().codePointAt(0), words.nextToken());
      }
    }
    // The signs that harden and soften have no sound of their own.
    letters.put((int) 'ъ', "");
    letters.put((int) 'ь', "");
    return Map.copyOf(letters);
  }
}
