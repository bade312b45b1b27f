package dev.entrepot.flow.runs;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.model.Books;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What came of a run, under the names that are established: every record that was processed either
/// succeeded (written, or at the destination already), failed, or was skipped.
///
/// @param status such as `success`, `partial`, `failed`
/// @param success written or unchanged
/// @param failures all of them
public record RunResult(
    UUID run,
    String clientId,
    String productType,
    String status,
    long processed,
    long success,
    long failed,
    long unchanged,
    long skipped,
    @Nullable Instant loadTimestamp,
    Duration duration,
    @Nullable String error,
    List<Failure> failures) {
  static final String EMPTY_END = "]\n}\n";

  /// A record that failed.
  ///
  /// @param id its key; of one without a key: its place in the run
  public record Failure(String id, String error) {
    static Failure of(DeadLetter letter) {
      String key = letter.key();
      return new Failure(
          key == null || key.isEmpty() ? "record " + letter.record() : key,
          letter.code() + ": " + letter.reason());
    }

    String json() {
      StringBuilder text = new StringBuilder("{\"id\": ");
      Content.quote(text, id);
      text.append(", \"error\": ");
      Content.quote(text, error);
      return text.append('}').toString();
    }
  }

  public RunResult {
    failures = List.copyOf(failures);
  }

  static RunResult of(Run run, List<Failure> failures) {
    Books books = run.books();
    Instant end = run.endedAt();
    return new RunResult(
        run.id(),
        run.tenant(),
        run.destination(),
        RunStore.name(run.state()),
        books.received(),
        books.written() + books.unchanged(),
        books.rejected(),
        books.unchanged(),
        books.skipped(),
        end,
        end == null ? Duration.ZERO : run.duration(end),
        run.reason(),
        failures);
  }

  /// As JSON, one member a line, the failures last.
  public String json() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("run_id", run.toString());
    members.put("client_id", clientId);
    members.put("product_type", productType);
    members.put("status", status);
    members.put("records_processed", processed);
    members.put("records_success", success);
    members.put("records_failed", failed);
    members.put("unchanged", unchanged);
    members.put("skipped", skipped);
    members.put("load_timestamp", loadTimestamp == null ? null : loadTimestamp.toString());
    members.put("duration_seconds", BigDecimal.valueOf(duration.toMillis(), 3));
    if (error != null) {
      members.put("error", error);
    }
    StringBuilder text = new StringBuilder("{");
    members.forEach((name, value) -> {
      text.append("\n  \"").append(name).append("\": ");
      Content.write(text, value);
      text.append(',');
    });
    text.append("\n  \"failed_records\": [");
    String separator = "";
    for (Failure failure : failures) {
      text.append(separator).append("\n    ").append(failure.json());
      separator = ",";
    }
    return text.append(failures.isEmpty() ? EMPTY_END : "\n  " + EMPTY_END).toString();
  }
}
