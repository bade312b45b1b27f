package dev.entrepot.inbox.delivery;

import org.jspecify.annotations.Nullable;

/// Which deliveries; null: whichever.
///
/// @param finished false: only those that are to be delivered yet; true: only the others
public record DeliveryFilter(
    @Nullable String destination,
    @Nullable DeliveryState state,
    @Nullable Boolean finished,
    @Nullable Long position,
    @Nullable String key) {
  public static final DeliveryFilter ALL = new DeliveryFilter(null, null, null, null, null);

  /// Those of one event.
  public static DeliveryFilter ofEvent(long position) {
    return new DeliveryFilter(null, null, null, position, null);
  }

  /// Those to one destination.
  public static DeliveryFilter ofDestination(String destination) {
    return new DeliveryFilter(destination, null, null, null, null);
  }

  /// The same in one state.
  public DeliveryFilter in(@Nullable DeliveryState wanted) {
    return new DeliveryFilter(destination, wanted, finished, position, key);
  }
}
