package dev.entrepot.app.demo;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.Query;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the books say of the demo's own connections. Others send at the same time, to connections
/// of their own: that is theirs.
record OwnBooks(long received, long unchanged, long pending) {
  private static final OwnBooks NOTHING = new OwnBooks(0, 0, 0);

  /// Those of these connections together.
  static OwnBooks read(Api api, List<String> connections) {
    OwnBooks all = NOTHING;
    for (String connection : connections) {
      JsonNode books =
          api.get(Query.of("/inbox/figures").with("connection", connection)).at("/now/books");
      all =
          new OwnBooks(
              all.received + books.path("received").asLong(),
              all.unchanged + books.path("unchanged").asLong(),
              all.pending + books.path("pending").asLong());
    }
    return all;
  }

  /// What came since then.
  OwnBooks since(OwnBooks before) {
    return new OwnBooks(
        received - before.received, unchanged - before.unchanged, pending - before.pending);
  }

  /// Whether all that was sent is there. More can be: anybody can send to these connections.
  boolean lacks(long sent) {
    return received < sent;
  }

  /// Something to say when more is there than was sent.
  Optional<String> more(long sent) {
    return received <= sent
        ? Optional.empty()
        : Optional.of(
            "%d more came to the demo's connections than its shops sent; was it you? See: entrepot events list"
                .formatted(received - sent));
  }
}
