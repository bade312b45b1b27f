package dev.entrepot.onboarding.notices;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.uploads.ApprovalTotals;
import dev.entrepot.onboarding.uploads.Upload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The events `upload.finished` and `upload.decided` in the shape of Standard Webhooks: `type`,
/// `timestamp`, `data`. Their names are those of the HTTP API.
///
/// @param errors leads to the error file; null when no row was rejected
/// @param decided what became of the rows that waited for approval; null: the file was just read
record UploadEvent(
    Upload upload, Instant at, URI page, @Nullable URI errors, @Nullable ApprovalTotals decided) {
  static final String FINISHED = "upload.finished";
  static final String DECIDED = "upload.decided";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  String type() {
    return decided == null ? FINISHED : DECIDED;
  }

  String json() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type());
    event.put("timestamp", at.toString());
    event.put("data", data());
    return JSON.writeValueAsString(event);
  }

  private Map<String, @Nullable Object> data() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("id", upload.id().toString());
    data.put("vendor", upload.vendor());
    data.put("file_name", upload.fileName());
    data.put("content_hash", upload.contentHash());
    data.put("state", upload.state().name().toLowerCase(Locale.ROOT));
    Upload.Failure failure = upload.failure();
    data.put("failure", failure == null ? null : failure(failure));
    data.put("books", books(upload.books()));
    data.put("warnings", upload.warnings());
    data.put("top_problems", problems());
    data.put("notes", upload.notes());
    data.put("received_at", upload.receivedAt().toString());
    Instant finishedAt = upload.finishedAt();
    if (finishedAt != null) {
      data.put("finished_at", finishedAt.toString());
    }
    Map<String, String> links = new LinkedHashMap<>();
    links.put("upload", page.toString());
    if (errors != null) {
      links.put("errors", errors.toString());
    }
    data.put("links", links);
    if (decided != null) {
      data.put("decided", decided(decided));
    }
    return data;
  }

  private static Map<String, Object> decided(ApprovalTotals totals) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("approved", totals.approved());
    values.put("declined", totals.declined());
    values.put("refused", totals.refused());
    values.put("waiting", totals.waiting());
    List<Map<String, Object>> reasons = new ArrayList<>();
    for (ApprovalTotals.Reason reason : totals.reasons()) {
      reasons.add(Map.of("reason", reason.text(), "rows", reason.rows()));
    }
    values.put("reasons", reasons);
    return values;
  }

  private static Map<String, @Nullable Object> failure(Upload.Failure failure) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("code", failure.code());
    values.put("message", failure.message());
    values.put("line", failure.line());
    return values;
  }

  private static Map<String, @Nullable Object> books(Books books) {
    Map<String, @Nullable Object> rows = new LinkedHashMap<>();
    rows.put("received", books.received());
    rows.put("written", books.written());
    rows.put("unchanged", books.unchanged());
    rows.put("rejected", books.rejected());
    rows.put("skipped", books.skipped());
    rows.put("pending", books.pending());
    OptionalDouble acceptance = books.acceptance();
    rows.put(
        "acceptance",
        acceptance.isEmpty()
            ? null
            : BigDecimal.valueOf(acceptance.getAsDouble()).setScale(4, RoundingMode.HALF_UP));
    rows.put("balanced", books.balanced());
    return rows;
  }

  private List<Map<String, Object>> problems() {
    List<Map<String, Object>> problems = new ArrayList<>();
    for (Upload.ProblemCount problem : upload.topProblems()) {
      problems.add(Map.of("code", problem.code(), "rows", problem.rows()));
    }
    return problems;
  }
}
