package dev.entrepot.spi.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What to read.
///
/// @param modifiedSince only records changed at or after this; null: all
/// @param pageSize how many records a page has at most; positive, a source may take fewer
public record Extract(@Nullable Instant modifiedSince, int pageSize) {
  public Extract {
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page has at least one record, not " + pageSize);
    }
  }
}
