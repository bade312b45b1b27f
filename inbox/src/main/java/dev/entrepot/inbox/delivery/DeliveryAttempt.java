package dev.entrepot.inbox.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt to deliver.
///
/// @param number from 1
/// @param status of the answer; null: there was none
/// @param answer its first characters, or why there was none
public record DeliveryAttempt(
    int number, Instant at, Duration took, @Nullable Integer status, String answer) {}
