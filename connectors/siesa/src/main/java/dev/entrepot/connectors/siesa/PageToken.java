package dev.entrepot.connectors.siesa;

import dev.entrepot.spi.record.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which page comes next, and what is needed to see whether it goes on where the one before ended:
/// opaque to all others, understood by every node.
sealed interface PageToken permits CountedPage, OverlappingPage {

  /// What to go on with, and where.
  ///
  /// @param rows that were not read before, ghosts too
  /// @param next null: that was all
  record Taken(List<Fields> rows, @Nullable PageToken next) {}

  /// From 1.
  int page();

  /// How many rows to ask for.
  int size();

  String text();

  /// Takes what is new from the page that this one names.
  ///
  /// @param all whether everything is read, not only what was changed since
  /// @throws MisreadException when it cannot be what Siesa has
  Taken take(SiesaDialect.Rows read, boolean all) throws MisreadException;

  /// The first page of a reading.
  static PageToken first(int size, Instant now) {
    return CountedPage.first(size, now);
  }

  /// @throws IllegalArgumentException when it is none
  static PageToken of(String text) {
    return CountedPage.read(text)
        .<PageToken>map(page -> page)
        .or(() -> OverlappingPage.read(text))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"" + text + "\" is no checkpoint of Siesa; start the run again"));
  }
}
