package dev.entrepot.bench.drain;

/// One measurement.
///
/// @param events handed on
/// @param cpu processor time of the program in seconds
/// @param serverCpu processor time of PostgreSQL in seconds
/// @param late events that were handed on after a newer one of their key, the warm-up included
record Measured(
    String contender,
    int round,
    long events,
    double seconds,
    double cpu,
    double serverCpu,
    long late) {
  double perSecond() {
    return events / seconds;
  }

  double cpuPerEvent() {
    return cpu * 1e6 / events;
  }

  double serverCpuPerEvent() {
    return serverCpu * 1e6 / events;
  }
}
