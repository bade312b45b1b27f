package dev.entrepot.spi.remote;

/// Keeps what was said between us and another system, for people who want to know. Safe for use by
/// many threads; never fails.
@FunctionalInterface
public interface ExchangeRecorder {
  void record(Exchange exchange);

  /// Whether headers and bodies of an exchange are wanted; else it may be recorded without them.
  ///
  /// @param failed whether there was no answer, or one with a status other than 2xx
  default boolean wantsText(String purpose, boolean failed) {
    return true;
  }

  /// One that keeps nothing.
  static ExchangeRecorder none() {
    return exchange -> {};
  }
}
