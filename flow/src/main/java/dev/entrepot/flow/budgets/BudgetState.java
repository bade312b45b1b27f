package dev.entrepot.flow.budgets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much of an account's budget is left.
///
/// @param limit as the account keeps to it now: as configured, or lower when the account says so
/// @param left how many calls may be made at once
/// @param freeAt when the next call may be made, when none is left; null: now
/// @param pausedUntil until when the account asked to be left alone; null: it did not
public record BudgetState(
    String account,
    RateLimit limit,
    int left,
    @Nullable Instant freeAt,
    @Nullable Instant pausedUntil) {}
