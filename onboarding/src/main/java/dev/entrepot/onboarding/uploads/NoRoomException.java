package dev.entrepot.onboarding.uploads;

import java.io.IOException;

/// A temporary file cannot be written. Nothing is wrong with the upload: it goes on when there is
/// room.
final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoRoomException(String message, IOException cause) {
    super(message, cause);
  }
}
