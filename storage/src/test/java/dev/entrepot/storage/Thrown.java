package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Catches what this module throws.
final class Thrown {

  private Thrown() {}

  static StorageException by(ThrowingCallable work) {
    StorageException exception = catchThrowableOfType(StorageException.class, work);
    if (exception == null) {
      throw new AssertionError("nothing was thrown");
    }
    return exception;
  }
}
