package dev.entrepot.storage;

import java.time.Instant;

/// The right of one holder to do one named thing until a moment, unless it is renewed.
///
/// @param token the fencing token: greater with every acquisition of the name, ever; pass the lease
///   to [Leases#require] in each transaction that must not happen after the right was lost
/// @param until when it ends by the holder's own clock; never later than the moment at which
///   another may take it, as far as both clocks run at the same speed
public record Lease(String name, String holder, long token, Instant until) {}
