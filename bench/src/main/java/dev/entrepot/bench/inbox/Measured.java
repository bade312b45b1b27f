package dev.entrepot.bench.inbox;

/// One measurement.
///
/// @param connections of the load generator
/// @param kept events on disk after it that were not before; at least those acknowledged
/// @param behind events not handed on yet when the last one was acknowledged
/// @param catchUpSeconds until all were handed on
/// @param cpu of the whole, until all were handed on
record Measured(
    String contender,
    int connections,
    int round,
    Load.Seen seen,
    long kept,
    long behind,
    double catchUpSeconds,
    Cpu cpu) {

  /// Processor time in seconds.
  record Cpu(double receiver, double store, double load) {}

  double keptPerSecond() {
    return kept / (seen.microseconds() / 1e6);
  }

  /// Events handed on a second while others were taken.
  double handedOnPerSecond() {
    return (kept - behind) / (seen.microseconds() / 1e6);
  }

  /// Events handed on a second after the last one was acknowledged.
  double caughtUpPerSecond() {
    return behind / catchUpSeconds;
  }

  /// In microseconds; of those acknowledged, where nothing is kept.
  double perEvent(double seconds) {
    return seconds * 1e6 / (kept > 0 ? kept : seen.requests() - seen.refused());
  }
}
