package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Rows of an upload that wait for approval. People call a row by the number that a spreadsheet
/// shows, the server by its place among the rows.
final class WaitingRows {
  private static final int PAGE = 200;
  private static final int MOST_NAMED = 10;

  private final Api api;
  private final String upload;

  WaitingRows(Api api, String upload) {
    this.api = api;
    this.upload = upload;
  }

  /// The places of rows. No more pages are read than it takes to find them all.
  ///
  /// @param lines as a spreadsheet shows them
  /// @throws CommandException when one of them does not wait
  List<Long> places(List<Long> lines) {
    Map<Long, Long> placeByLine = new LinkedHashMap<>();
    Query query = Query.of("/uploads").segment(upload).segment("pending").with("limit", PAGE);
    String next;
    do {
      JsonNode page = api.get(query);
      for (JsonNode row : page.path("items")) {
        placeByLine.put(Values.number(row, "line"), Values.number(row, "number"));
      }
      next = Values.text(page, "next");
      query.with("cursor", next);
    } while (!next.isEmpty() && !placeByLine.keySet().containsAll(lines));
    for (Long line : lines) {
      if (!placeByLine.containsKey(line)) {
        throw new CommandException(
            ExitCode.USAGE,
            "row %d of upload %s does not wait for approval; %s"
                .formatted(line, upload, waiting(placeByLine)));
      }
    }
    return lines.stream().map(placeByLine::get).toList();
  }

  private static String waiting(Map<Long, Long> placeByLine) {
    if (placeByLine.isEmpty()) {
      return "none of its rows does";
    }
    String some =
        placeByLine.keySet().stream()
            .limit(MOST_NAMED)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    int more = placeByLine.size() - MOST_NAMED;
    return more > 0 ? "rows %s and %d more do".formatted(some, more) : "rows " + some + " do";
  }
}
