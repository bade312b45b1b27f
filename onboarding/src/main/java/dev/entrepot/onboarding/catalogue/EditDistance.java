package dev.entrepot.onboarding.catalogue;

/// How many single-letter changes (insert, leave out, replace, swap neighbours) lead from one text
/// to another.
public final class EditDistance {
  private EditDistance() {}

  /// @param limit give up when it is more than this
  /// @return the distance, or `limit + 1` when it is greater than the limit
  public static int within(String from, String to, int limit) {
    if (limit < 0 || Math.abs(from.length() - to.length()) > limit) {
      return limit + 1;
    }
    int[] before = new int[to.length() + 1];
    int[] above = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= to.length(); j++) {
        int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
        if (swapped(from, i, to, j)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return limit + 1;
      }
      int[] spare = before;
      before = above;
      above = row;
      row = spare;
    }
    return Math.min(above[to.length()], limit + 1);
  }

  private static boolean swapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
