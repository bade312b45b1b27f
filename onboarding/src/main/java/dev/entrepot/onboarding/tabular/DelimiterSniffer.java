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
    Walk walk = new Walk(text, delimiter);
    int fields = walk.nextRecord();
    while (fields >= 0 && counts.size() < most) {
      boolean whole = complete || !walk.atEnd() || counts.isEmpty();
      if (fields > 0 && whole) {
        counts.add(fields);
      }
      fields = walk.nextRecord();
    }
    return counts;
  }

  /// Goes through text record by record and counts values. A quote that is never closed ends with
  /// its line, so that it cannot hide the rest.
  private static final class Walk {
    private static final int MAX_STRAY_QUOTES = 100;

    private final String text;
    private final char delimiter;
    private int place;
    private int strayQuotes;

    Walk(String text, char delimiter) {
      this.text = text;
      this.delimiter = delimiter;
    }

    boolean atEnd() {
      return place >= text.length();
    }

    /// The number of values of the next record, 0 for a blank line, -1 behind the last.
    int nextRecord() {
      if (atEnd()) {
        return -1;
      }
      int fields = 0;
      boolean begun = false;
      while (!atEnd()) {
        char character = text.charAt(place);
        if (character == '\n' || character == '\r') {
          boolean pair = character == '\r' && text.startsWith("\n", place + 1);
          place += pair ? 2 : 1;
          return fields;
        }
        fields = Math.max(fields, 1);
        if (character == '"' && !begun) {
          place = behindQuoted(place + 1);
        } else {
          place++;
        }
        begun = character != delimiter;
        fields += begun ? 0 : 1;
      }
      return fields;
    }

    /// The place behind the quote that closes the value; when there is none, the end of the line.
    private int behindQuoted(int from) {
      int closing = text.indexOf('"', from);
      while (closing >= 0 && text.startsWith("\"", closing + 1)) {
        closing = text.indexOf('"', closing + 2);
      }
      if (closing >= 0) {
        return closing + 1;
      }
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      return ++strayQuotes > MAX_STRAY_QUOTES ? text.length() : end;
    }
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
