package dev.entrepot.spi.source;

import dev.entrepot.spi.record.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a source.
///
/// @param records in the source's order; may be none
/// @param next what to ask for the following page with; null: this was the last
/// @param ghosts how many rows were left out because they hold nothing
/// @param total how many rows the source says there are for what was asked, those that hold nothing
///   too; null: it does not say
public record SourcePage(
    List<Fields> records, @Nullable String next, int ghosts, @Nullable Long total) {
  public SourcePage {
    records = List.copyOf(records);
  }
}
