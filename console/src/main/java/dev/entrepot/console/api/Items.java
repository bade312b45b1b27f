package dev.entrepot.console.api;

import dev.entrepot.model.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list as the API gives it.
///
/// @param next a cursor for the following items; null at the end
public record Items<T>(List<T> items, @Nullable String next) {
  public Items {
    items = List.copyOf(items);
  }

  public static <T> Items<T> all(List<T> items) {
    return new Items<>(items, null);
  }

  public static <T> Items<T> of(Page<T> page) {
    return new Items<>(page.items(), page.next());
  }
}
