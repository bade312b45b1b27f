package dev.entrepot.spi.remote;

/// Keeps what was said between us and another system, for people who want to know. Safe for use by
/// many threads; never fails.
@FunctionalInterface
public interface ExchangeRecorder {
  void record(Exchange exchange);

  /// One that keeps nothing.
  static ExchangeRecorder none() {
    return exchange -> {};
  }
}
