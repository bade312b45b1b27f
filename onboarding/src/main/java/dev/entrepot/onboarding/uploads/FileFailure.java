package dev.entrepot.onboarding.uploads;

import org.jspecify.annotations.Nullable;

/// The file as a whole cannot be used, or not to its end: what is behind the last settled row is
/// not applied.
final class FileFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable Long line;

  FileFailure(String code, String message, @Nullable Long line) {
    super(message);
    this.code = code;
    this.line = line;
  }

  Upload.Failure failure() {
    return new Upload.Failure(code, String.valueOf(getMessage()), line);
  }
}
