package dev.entrepot.onboarding.uploads;

import java.util.UUID;

/// The upload was ended by somebody while it was read: whoever reads it stops and changes nothing.
final class UploadEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UploadEndedException(UUID upload) {
    super("upload " + upload + " was ended meanwhile");
  }
}
