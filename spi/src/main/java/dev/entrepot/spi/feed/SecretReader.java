package dev.entrepot.spi.feed;

/// Reads secrets that settings refer to, so that no setting holds one.
@FunctionalInterface
public interface SecretReader {

  /// What is there now; it may be another the next time.
  ///
  /// @param reference `env:NAME` or `file:/path`
  /// @throws IllegalStateException when nothing is; the message says where it was looked for
  String read(String reference);
}
