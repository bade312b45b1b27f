package dev.entrepot.onboarding.uploads;

import java.util.Optional;
import java.util.UUID;

/// Names a row of an upload, in error files and mended ones.
///
/// @param row its position among the rows, from 1, the header not counted
public record RowReference(UUID upload, long row) {

  static Optional<RowReference> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RowReference(
              UUID.fromString(text.substring(0, colon).strip()),
              Long.parseLong(text.substring(colon + 1).strip())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return upload + ":" + row;
  }
}
