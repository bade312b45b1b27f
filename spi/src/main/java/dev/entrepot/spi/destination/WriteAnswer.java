package dev.entrepot.spi.destination;

import java.util.List;

/// What a destination answered to a call.
public sealed interface WriteAnswer {

  /// A result for each write, in their order.
  record Each(List<WriteResult> results) implements WriteAnswer {
    public Each {
      results = List.copyOf(results);
    }
  }

  /// One result for the call as a whole. When it is a rejection, one write may be guilty for all.
  record Whole(WriteResult result) implements WriteAnswer {}
}
