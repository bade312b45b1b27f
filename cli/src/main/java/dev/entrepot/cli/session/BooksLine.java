package dev.entrepot.cli.session;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Books on one line, as the sum that they are.
public final class BooksLine {
  private static final List<String> PARTS =
      List.of("written", "unchanged", "rejected", "skipped", "pending");

  private BooksLine() {}

  /// For example `3 received = 1 written + 0 unchanged + 2 rejected + 0 skipped + 0 pending`.
  public static String of(JsonNode books) {
    return Values.grouped(Values.number(books, "received"))
        + PARTS.stream()
            .map(part -> Values.grouped(Values.number(books, part)) + " " + part)
            .collect(Collectors.joining(" + ", " received = ", ""));
  }
}
