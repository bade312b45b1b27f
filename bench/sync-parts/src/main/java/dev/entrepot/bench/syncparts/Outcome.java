package dev.entrepot.bench.syncparts;

import org.jspecify.annotations.Nullable;

/// What became of a record.
///
/// @param word `written`, `unchanged` or `rejected`
/// @param reason of a rejection; null otherwise
public record Outcome(long record, String key, String word, @Nullable String reason) {
  public static final String WRITTEN = "written";
  public static final String UNCHANGED = "unchanged";
  public static final String REJECTED = "rejected";

  static Outcome of(Item item, String word) {
    return new Outcome(item.record(), item.key(), word, null);
  }

  static Outcome rejected(Item item, String reason) {
    return new Outcome(item.record(), item.key(), REJECTED, reason);
  }
}
