package dev.entrepot.inbox.hotstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change would do.
///
/// @param differences of an update, at most [#MOST_DIFFERENCES]; empty for all other effects, and
///   for updates that do not show in the document
public record Foreseen(EntityKey key, Effect effect, List<Difference> differences) {
  /// So many fields are compared; further ones are not told.
  public static final int MOST_DIFFERENCES = 100;

  public Foreseen {
    differences = List.copyOf(differences);
  }

  /// A field that would change.
  ///
  /// @param path such as `customer.email` or `line_items[0].price`
  /// @param from JSON, cut when long; null: it was not there
  /// @param to JSON, cut when long; null: it would not be there
  public record Difference(String path, @Nullable String from, @Nullable String to) {}
}
