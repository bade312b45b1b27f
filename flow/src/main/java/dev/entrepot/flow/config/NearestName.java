package dev.entrepot.flow.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// What somebody probably meant by a name that nobody knows.
public final class NearestName {
  private NearestName() {}

  /// The known name with the fewest letters changed, at most a third of them.
  public static Optional<String> of(String name, Collection<String> known) {
    int best = Math.max(1, name.length() / 3) + 1;
    String nearest = null;
    for (String other : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT), best);
      if (distance < best) {
        best = distance;
        nearest = other;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /// The next step for an unknown name.
  public static String remedy(String name, Collection<String> known) {
    String choices = String.join(", ", known);
    return of(name, known)
        .map(nearest -> "perhaps %s is meant; known are %s".formatted(nearest, choices))
        .orElse("known are " + choices);
  }

  /// Levenshtein's, as far as it is below a bound.
  private static int distance(String left, String right, int bound) {
    if (Math.abs(left.length() - right.length()) >= bound) {
      return bound;
    }
    int[] above = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] present = new int[right.length() + 1];
      present[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int changed = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        present[column] =
            Math.min(Math.min(above[column], present[column - 1]) + 1, above[column - 1] + changed);
      }
      above = present;
    }
    return above[right.length()];
  }
}
