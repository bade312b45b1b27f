package dev.entrepot.onboarding.tabular;

import org.jspecify.annotations.Nullable;

/// One pass over the data rows of a file, from the first to the last. For use by one thread.
public interface RowReader extends AutoCloseable {
  /// The next row, or null behind the last.
  ///
  /// @throws TabularException when the file as a whole cannot be read on: it is cut short, breaks a
  ///   limit, or is damaged; every row returned before stands
  @Nullable Row next();

  /// How far the pass has come, in bytes of the file as it lies on disk; for progress.
  long bytesRead();

  /// The size of the file on disk, in bytes.
  long totalBytes();

  /// Lets go of the file. Does not throw.
  @Override
  void close();
}
