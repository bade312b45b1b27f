package dev.entrepot.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Text broken into lines of a width: between words where there are any, within one that is too
/// long for a line.
public final class Wrapped {
  private Wrapped() {}

  /// The lines, at least one, none wider than asked.
  ///
  /// @param width in characters, at least 1
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (text.codePointCount(from, text.length()) > width) {
      int end = text.offsetByCodePoints(from, width);
      int space = text.lastIndexOf(' ', end);
      // A line that would be half empty is filled with a part of the long word instead.
      if (space - from > width / 2) {
        lines.add(text.substring(from, space).stripTrailing());
        from = space + 1;
      } else {
        lines.add(text.substring(from, end));
        from = end;
      }
    }
    lines.add(text.substring(from));
    return lines;
  }
}
