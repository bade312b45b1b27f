package dev.entrepot.inbox.feeds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a node gets on with fetching the events of a connection.
///
/// @param answeredAt when the feed last answered, with or without events; null: never yet
/// @param receivedAt when an event last came; null: never yet
/// @param problem what keeps it from fetching, and the next step; null: nothing
/// @param problemSince null: there is none
/// @param updatedAt older than a minute: the node does not fetch now
public record FeedState(
    String connection,
    String node,
    @Nullable Instant answeredAt,
    @Nullable Instant receivedAt,
    @Nullable String problem,
    @Nullable Instant problemSince,
    Instant updatedAt) {}
