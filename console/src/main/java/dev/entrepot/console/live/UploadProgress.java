package dev.entrepot.console.live;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far an upload is.
///
/// @param estimatedRows a guess from the size; null when unknown
/// @param rowsPerSecond of late; 0 when nothing moves
/// @param announcement the same in words, to be read out
public record UploadProgress(
    UUID id,
    Upload.State state,
    Books books,
    long bytes,
    @Nullable Long estimatedRows,
    long warnings,
    long rowsPerSecond,
    Upload.@Nullable Failure failure,
    String announcement) {

  static UploadProgress of(Uploads.Progress upload, double rowsPerSecond) {
    return new UploadProgress(
        upload.id(),
        upload.state(),
        upload.books(),
        upload.bytes(),
        upload.estimatedRows(),
        upload.warnings(),
        Math.round(rowsPerSecond),
        upload.failure(),
        announcement(upload));
  }

  private static String announcement(Uploads.Progress upload) {
    Books books = upload.books();
    String rows =
        String.format(
            Locale.ROOT, "%,d rows read, %,d rejected", books.received(), books.rejected());
    return switch (upload.state()) {
      case RECEIVED -> "Waiting to be read";
      case PARSING -> rows;
      case COMPLETED -> "Completed: " + rows;
      case PARTIAL -> "Completed in part: " + rows;
      case FAILED ->
          upload.failure() == null ? "Failed: " + rows : "Failed: " + upload.failure().message();
    };
  }
}
