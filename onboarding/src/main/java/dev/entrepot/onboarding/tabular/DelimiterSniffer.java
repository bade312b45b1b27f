package dev.entrepot.onboarding.tabular;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out which character separates the values of a CSV file, from its beginning.
final class DelimiterSniffer {
  /// The rarer a character is in ordinary text, the more its presence says.
  private enum Candidate {
    TAB('\t', 2.0),
    PIPE('|', 2.0),
    SEMICOLON(';', 1.5),
    COMMA(',', 1.0);

    private final char delimiter;
    private final double weight;

    Candidate(char delimiter, double weight) {
      this.delimiter = delimiter;
      this.weight = weight;
    }
  }

  private static final int RECORDS = 200;

  private DelimiterSniffer() {}

  /// The delimiter, a comma when the text seems to have one column only.
  ///
  /// @param complete whether the text is the whole file; else its last record is not counted
  static char sniff(String text, boolean complete) {
    char best = ',';
    double bestScore = 0;
    for (Candidate candidate : Candidate.values()) {
      double score = score(text, complete, candidate);
      if (score > bestScore) {
        bestScore = score;
        best = candidate.delimiter;
      }
    }
    return best;
  }

  private static double score(String text, boolean complete, Candidate candidate) {
    List<Integer> counts = fieldCounts(text, complete, candidate.delimiter);
    if (counts.isEmpty() || counts.getFirst() < 2) {
      return 0;
    }
    int columns = counts.getFirst();
    long alike = counts.stream().skip(1).filter(count -> count == columns).count();
    double consistency =
        counts.size() == 1 ? 1 : Math.max((double) alike, 0.1) / (counts.size() - 1);
    double prose = headerReadsLikeProse(text, candidate.delimiter) ? 0.5 : 1;
    return consistency * consistency * columns * candidate.weight * prose;
  }

  /// Whether most delimiters of the first line are followed by a space, as commas in prose are.
  private static boolean headerReadsLikeProse(String text, char delimiter) {
    int delimiters = 0;
    int followedBySpace = 0;
    for (int place = 0; place + 1 < text.length() && text.charAt(place) != '\n'; place++) {
      if (text.charAt(place) == delimiter) {
        delimiters++;
        followedBySpace += text.charAt(place + 1) == ' ' ? 1 : 0;
      }
    }
    return followedBySpace * 2 > delimiters;
  }

  /// The number of values of each of the first records that are not blank.
  static List<Integer> fieldCounts(String text, boolean complete, char delimiter) {
    return fieldCounts(text, complete, delimiter, RECORDS);
  }

  /// About how many records the text holds that are not blank.
  static int countRecords(String text, char delimiter) {
    return fieldCounts(text, false, delimiter, Integer.MAX_VALUE).size();
  }

  private static List<Integer> fieldCounts(
      String text, boolean complete, char delimiter, int most) {
    List<Integer> counts = new ArrayList<>();
    int fields = 1;
    boolean quoted = false;
    boolean begun = false;
    boolean blank = true;
    for (int place = 0; place < text.length() && counts.size() < most; place++) {
      char character = text.charAt(place);
      if (quoted) {
        quoted = character != '"';
      } else if (character == '\n' || character == '\r') {
        if (!blank) {
          counts.add(fields);
        }
        fields = 1;
        blank = true;
        begun = false;
      } else if (character == delimiter) {
        fields++;
        begun = false;
        blank = false;
      } else {
        quoted = character == '"' && !begun;
        begun = begun || !quoted;
        blank = false;
      }
    }
    boolean lastIsWhole = complete && !quoted;
    if (!blank && counts.size() < most && (lastIsWhole || counts.isEmpty())) {
      counts.add(fields);
    }
    return counts;
  }

  /// The delimiter a first line of the form `sep=;` names, or null.
  static @Nullable Character directive(String text) {
    boolean named =
        text.regionMatches(true, 0, "sep=", 0, 4)
            && text.length() > 5
            && (text.charAt(5) == '\n' || text.charAt(5) == '\r');
    return named ? text.charAt(4) : null;
  }
}
