package dev.entrepot.contract;

import dev.entrepot.spi.record.Fields;
import java.time.Instant;
import java.util.Optional;

/// Where records are read from, in a test.
public interface ReadingHarness extends AccountHarness {

  /// Gives it so many more records.
  void fill(int count);

  /// By which a record is known.
  String key(Fields record);

  /// Changes a record.
  ///
  /// @param number of the record in the order in which it was given, from 0
  /// @return when it was changed, as the system says
  Instant change(int number);

  /// Takes a record away, if the system can lose any.
  ///
  /// @return its key
  default Optional<String> remove(int number) {
    return Optional.empty();
  }

  /// Gives it so many rows that hold nothing, if the system has such.
  ///
  /// @return whether it did
  default boolean ghosts(int count) {
    return false;
  }

  /// Whether it can be asked for what has changed; otherwise it always gives everything.
  default boolean knowsChanges() {
    return true;
  }
}
