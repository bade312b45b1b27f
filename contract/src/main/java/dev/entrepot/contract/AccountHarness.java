package dev.entrepot.contract;

import dev.entrepot.spi.record.Fields;
import java.util.Map;

/// One account of a system, in a test.
public interface AccountHarness extends AutoCloseable {

  /// The settings that must be given; fallbacks are filled in.
  default Map<String, String> settings() {
    return Map.of();
  }

  /// The account's credentials.
  Fields credentials();

  @Override
  void close();
}
