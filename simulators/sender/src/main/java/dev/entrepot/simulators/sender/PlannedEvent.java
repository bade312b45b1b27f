package dev.entrepot.simulators.sender;

import java.time.Instant;
import java.util.Map;

/// Something that happened at the sender and is to be told.
///
/// @param id the sender's name for it; unique in a plan
/// @param topic such as `orders/create`; also the subscription by which it is told
/// @param key what it is about, such as `shop.example/orders/1`
/// @param at when it happened, by the sender's clock
/// @param headers those that are the same at every attempt
public record PlannedEvent(
    String id, String topic, String key, Instant at, Map<String, String> headers, String body) {
  public PlannedEvent {
    headers = Map.copyOf(headers);
  }
}
