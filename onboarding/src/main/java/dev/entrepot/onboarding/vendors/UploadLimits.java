package dev.entrepot.onboarding.vendors;

/// How much a supplier may send. An operator's own import knows none of these limits.
///
/// @param fileBytes the largest file, in bytes as received
/// @param fileRows the most data rows in a file
/// @param uploadsPerDay uploads in any 24 hours
/// @param rowsPerDay data rows in any 24 hours
public record UploadLimits(long fileBytes, long fileRows, int uploadsPerDay, long rowsPerDay) {

  public static final UploadLimits DEFAULT = new UploadLimits(10_000_000, 10_000, 100, 100_000);

  public UploadLimits {
    if (fileBytes < 1 || fileRows < 1 || uploadsPerDay < 1 || rowsPerDay < 1) {
      throw new IllegalArgumentException(
          "limits are at least 1; to keep a vendor from uploading, suspend it");
    }
  }

  /// The largest error file that may be sent back: it holds most values of a rejected row twice, in
  /// UTF-8, and the messages.
  public long errorFileBytes() {
    return 3 * Math.min(fileBytes, 1L << 60) + 1_000 * Math.min(fileRows, 1L << 50);
  }
}
