package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Books;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An upload: a file of one vendor, and what became of its rows.
///
/// @param contentHash SHA-256 of the bytes, in hex
/// @param parent the upload whose rejected rows were mended into this one, or that this repeats
/// @param books its rows: pending ones wait for approval
/// @param estimatedRows a guess from the size while the file is being read; null when unknown
/// @param layout a short description, for example `CSV, comma, UTF-8`
/// @param notes what a person should look at, for example that a required field was filled on a
///   guess
/// @param topProblems rejected rows by error type, most frequent first
public record Upload(
    UUID id,
    String vendor,
    String fileName,
    String contentHash,
    long bytes,
    Source source,
    String submittedBy,
    @Nullable UUID parent,
    State state,
    @Nullable Failure failure,
    Books books,
    long warnings,
    long openErrors,
    @Nullable Long estimatedRows,
    @Nullable String layout,
    @Nullable UUID mappingId,
    List<String> header,
    List<ProblemCount> topProblems,
    List<String> notes,
    Instant receivedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /// The way in.
  public enum Source {
    PORTAL,
    API,
    FOLDER,
    CLI,
    /// Rows mended in the grid.
    MENDED,
    /// The same file once more, with another mapping or other rules.
    RERUN
  }

  /// `RECEIVED → PARSING → COMPLETED | PARTIAL | FAILED`. Completed: no row was rejected. Partial:
  /// some were. Failed: the file as a whole could not be used, or every row was rejected.
  public enum State {
    RECEIVED,
    PARSING,
    COMPLETED,
    PARTIAL,
    FAILED;

    public boolean finished() {
      return this == COMPLETED || this == PARTIAL || this == FAILED;
    }
  }

  /// The code of what people ended.
  static final String CANCELLED = "CANCELLED";

  /// Whether people ended it.
  boolean cancelled() {
    return failure != null && failure.code().equals(CANCELLED);
  }

  /// Whether its rows are mended ones, which stand for rows of an earlier file.
  public boolean mends() {
    return SourceFile.ofErrorFile(layout);
  }

  /// Why a file as a whole failed.
  public record Failure(String code, String message, @Nullable Long line) {}

  public record ProblemCount(String code, long rows) {}

  public Upload {
    header = List.copyOf(header);
    topProblems = List.copyOf(topProblems);
    notes = List.copyOf(notes);
  }

  Upload withTopProblems(List<ProblemCount> problems) {
    return new Upload(
        id,
        vendor,
        fileName,
        contentHash,
        bytes,
        source,
        submittedBy,
        parent,
        state,
        failure,
        books,
        warnings,
        openErrors,
        estimatedRows,
        layout,
        mappingId,
        header,
        problems,
        notes,
        receivedAt,
        startedAt,
        finishedAt);
  }
}
