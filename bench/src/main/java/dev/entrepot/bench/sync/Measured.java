package dev.entrepot.bench.sync;

/// One run.
///
/// @param part what is measured, such as `limits`
/// @param records products at Siesa
/// @param pages calls that read
/// @param tagged products with a tag
/// @param cpuSeconds of the contender's process
/// @param serverCpuSeconds of PostgreSQL
/// @param simulatorCpuSeconds of Siesa and Kong
/// @param resident what the process held afterwards, in bytes
record Measured(
    String part,
    String contender,
    int round,
    int records,
    double seconds,
    long pages,
    long tagged,
    Simulators.KongCounts kong,
    double cpuSeconds,
    double serverCpuSeconds,
    double simulatorCpuSeconds,
    long resident) {
  double perSecond() {
    return records / seconds;
  }

  /// Microseconds of the program for each record.
  double cpuPerRecord() {
    return cpuSeconds * 1e6 / records;
  }

  double serverCpuPerRecord() {
    return serverCpuSeconds * 1e6 / records;
  }

  double simulatorCpuPerRecord() {
    return simulatorCpuSeconds * 1e6 / records;
  }
}
