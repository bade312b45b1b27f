package dev.entrepot.simulators.remote;

/// How many writes had which effect.
public record EffectCounts(long created, long updated, long unchanged) {

  /// How many writes really changed something.
  public long changes() {
    return created + updated;
  }
}
