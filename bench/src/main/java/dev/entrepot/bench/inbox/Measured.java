package dev.entrepot.bench.inbox;

/// One measurement.
///
/// @param connections of the load generator
/// @param kept events on disk after it that were not before; at least those acknowledged
/// @param behind events not handed on yet when the last one was acknowledged
/// @param catchUpSeconds until all were handed on
record Measured(
    String contender,
    int connections,
    int round,
    Load.Seen seen,
    long kept,
    long behind,
    double catchUpSeconds) {}
