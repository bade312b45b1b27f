package dev.entrepot.spi.feed;

import dev.entrepot.spi.event.Delivery;
import org.jspecify.annotations.Nullable;

/// An event that was fetched.
///
/// @param handle by which the feed knows it, valid while it is hidden
/// @param group whose messages must keep their order; null: it needs none
/// @param delivery with what the feed knows of it as headers
public record FedMessage(String handle, @Nullable String group, Delivery delivery) {}
