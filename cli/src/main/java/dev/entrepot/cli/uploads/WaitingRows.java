package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Pages;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Rows of an upload that wait for approval. People call a row by the number that a spreadsheet
/// shows, the server by its place among the rows.
final class WaitingRows {
  private static final int MOST_NAMED = 10;

  private final Map<Long, Long> placeByLine = new LinkedHashMap<>();
  private final String upload;

  WaitingRows(Api api, String upload) {
    this.upload = upload;
    JsonNode rows =
        Pages.collect(
            api, Query.of("/uploads").segment(upload).segment("pending"), Integer.MAX_VALUE);
    for (JsonNode row : rows.path("items")) {
      placeByLine.put(Values.number(row, "line"), Values.number(row, "number"));
    }
  }

  /// The places of rows.
  ///
  /// @param lines as a spreadsheet shows them
  /// @throws CommandException when one of them does not wait
  List<Long> places(List<Long> lines) {
    List<Long> places = new ArrayList<>();
    for (Long line : lines) {
      Long place = placeByLine.get(line);
      if (place == null) {
        throw new CommandException(
            ExitCode.USAGE,
            "row %d of upload %s does not wait for approval; %s"
                .formatted(line, upload, waiting()));
      }
      places.add(place);
    }
    return places;
  }

  private String waiting() {
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
