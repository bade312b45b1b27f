package dev.entrepot.inbox.delivery;

import dev.entrepot.storage.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery whose turn it may be.
///
/// @param attempts of all; whoever settles the next one requires that there was none since
/// @param tries how often it failed since it was made, or since an operator had it tried again
/// @param edited whether its body is not that of the log
record DueDelivery(
    long position,
    long id,
    String destination,
    int lane,
    long keyHash,
    DeliveryState state,
    int attempts,
    int tries,
    int bytes,
    @Nullable UUID replay,
    boolean edited) {

  static DueDelivery of(Row row) {
    return new DueDelivery(
        row.int8("position"),
        row.int8("id"),
        row.text("destination"),
        row.int4("lane"),
        row.int8("key_hash"),
        DeliveryState.ofWord(row.text("state")),
        row.int4("attempts"),
        row.int4("tries"),
        row.int4("bytes"),
        row.uuidOrNull("replay"),
        row.bool("edited"));
  }
}
