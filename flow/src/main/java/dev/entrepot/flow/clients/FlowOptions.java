package dev.entrepot.flow.clients;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a client's runs go about their work. What is null is as the engine usually does it.
///
/// @param pageSize how many records a page of the source has at most
/// @param overlap how long before the last success began changes are read again
/// @param deleteMissing whether what a complete run does not find in the source is deleted
/// @param concurrency how many calls are made to the destination at the same time
/// @param sourceLimit how many calls the source allows; null: the usual
/// @param productLimit how many calls the destination allows; null: the usual
public record FlowOptions(
    @Nullable Integer pageSize,
    @Nullable Duration overlap,
    boolean deleteMissing,
    @Nullable Integer concurrency,
    @Nullable CallLimit sourceLimit,
    @Nullable CallLimit productLimit,
    Retries retries) {

  /// A client that asks for nothing special.
  public static final FlowOptions USUAL =
      new FlowOptions(null, null, false, null, null, null, Retries.USUAL);

  /// How many calls are allowed in a time.
  ///
  /// @param calls 0: as many as one likes
  public record CallLimit(int calls, Duration per) {
    /// No limit.
    public static final CallLimit NONE = new CallLimit(0, Duration.ofMinutes(1));
  }

  /// How often what failed is tried at most, and how long it waits in between; null: the usual.
  public record Retries(
      @Nullable Integer faultTries,
      @Nullable Integer unavailableTries,
      @Nullable Integer throttledTries,
      @Nullable Duration firstPause,
      @Nullable Duration longestPause) {
    public static final Retries USUAL = new Retries(null, null, null, null, null);
  }
}
