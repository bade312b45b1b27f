package dev.entrepot.bench.syncparts;

/// A sync that is measured.
public interface SyncTask extends AutoCloseable {
  /// Brings Kong to what Siesa has, once.
  ///
  /// @param number of the run, from 1
  /// @param account whose products
  /// @throws Exception whatever the framework throws; the measurement ends with it
  void run(long number, String account) throws Exception;

  @Override
  void close();
}
