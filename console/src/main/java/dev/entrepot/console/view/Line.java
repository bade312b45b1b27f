package dev.entrepot.console.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A line of text that is read letter by letter: of a file, a message, a difference.
///
/// @param number the line's number, 0 for none
/// @param note what is to be said about the line
public record Line(long number, String text, Mark mark, @Nullable String note) {
  /// What the line is in a difference, or that it is meant.
  public enum Mark {
    NONE,
    ADDED,
    REMOVED,
    /// The line that is spoken of.
    MEANT;

    /// The name in class names of the stylesheet.
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The sign before the line.
    public String sign() {
      return switch (this) {
        case NONE -> " ";
        case ADDED -> "+";
        case REMOVED -> "−";
        case MEANT -> "›";
      };
    }
  }

  /// The lines of a text, numbered from one.
  public static List<Line> of(String text) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new Line(i + 1, lines.get(i), Mark.NONE, null))
        .toList();
  }
}
