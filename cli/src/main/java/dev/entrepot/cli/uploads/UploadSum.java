package dev.entrepot.cli.uploads;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.session.BooksLine;
import dev.entrepot.cli.session.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What became of several files together. Files of the same bytes are one upload and count once.
final class UploadSum {
  private static final List<String> COUNTS =
      List.of("received", "written", "unchanged", "rejected", "skipped", "pending");

  private final List<JsonNode> uploads;
  private final int refused;

  /// @param uploads as the API describes them, in the order of the files
  /// @param refused how many files are no uploads
  UploadSum(List<JsonNode> uploads, int refused) {
    this.uploads = List.copyOf(uploads);
    this.refused = refused;
  }

  List<String> lines() {
    Map<String, JsonNode> byId = new TreeMap<>();
    Map<String, Integer> verdicts = new TreeMap<>();
    for (JsonNode upload : uploads) {
      if (byId.putIfAbsent(Values.text(upload, "id"), upload) == null) {
        verdicts.merge(new UploadReport(upload).verdict(), 1, Integer::sum);
      }
    }
    ObjectNode books = Api.object();
    for (JsonNode upload : byId.values()) {
      for (String count : COUNTS) {
        books.put(count, Values.number(books, count) + Values.number(upload, "books", count));
      }
    }
    List<String> parts = new ArrayList<>();
    verdicts.forEach((verdict, files) -> parts.add(files + " " + verdict));
    if (refused > 0) {
      parts.add(refused + " refused");
    }
    int twice = uploads.size() - byId.size();
    if (twice > 0) {
      parts.add(twice + " with the same bytes as another");
    }
    int count = uploads.size() + refused;
    String files = count == 1 ? "1 file: " : count + " files: ";
    return List.of(
        files + parts.stream().collect(Collectors.joining("; ")), "  " + BooksLine.of(books));
  }
}
