package dev.entrepot.onboarding.uploads;

/// What the catalogue holds of the products of a chunk is more than is well held in memory: take
/// fewer rows at a time.
final class HeavyChunkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HeavyChunkException(long bytes) {
    super("the products known of a chunk take " + bytes + " bytes");
  }
}
