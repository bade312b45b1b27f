package dev.entrepot.spi.destination;

import dev.entrepot.spi.record.Fields;
import java.util.Optional;
import java.util.function.Function;

/// A part of an item that is written by calls of its own, such as its RFID tag. An item's step
/// begins when the step before it is done.
///
/// @param name in kebab-case, such as `products`. Never changes.
/// @param limit how many items one call takes at most
/// @param part what of an item this step writes; nothing: the item has no need of it. A pure
///   function.
public record Step(String name, String title, int limit, Function<Fields, Optional<Fields>> part) {
  public Step {
    if (limit < 1) {
      throw new IllegalArgumentException("a call takes at least one item, not " + limit);
    }
  }
}
