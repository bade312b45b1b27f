package dev.entrepot.spi.event;

/// What a sender delivered, as it came.
///
/// @param body the raw bytes, as they came
public record Delivery(Headers headers, Body body) {}
