package dev.entrepot.onboarding.notices;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.uploads.ApprovalTotals;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.Vendor;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The mail that tells a vendor what became of its file, or of its rows that waited for approval.
///
/// @param errors leads to the error file; null when no row was rejected
/// @param decided what became of the rows that waited; null: the file was just read
record UploadMail(
    Vendor vendor,
    Upload upload,
    URI page,
    @Nullable URI errors,
    @Nullable ApprovalTotals decided) {
  private static final int MOST_PROBLEMS = 10;
  private static final String ERRORS = "Most frequent errors (of each row the first)";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// A line of the summary.
  private record Entry(String label, String value) {}

  String subject() {
    String file = Display.line(upload.fileName(), 120);
    if (decided != null) {
      return "Product approval - " + file + " (" + ApprovalWords.brief(decided) + ")";
    }
    if (upload.state() == Upload.State.FAILED) {
      return "Product upload failed - " + file;
    }
    if (pending() > 0) {
      return "Product upload checked - " + file + " (" + ApprovalWords.waitFor(pending()) + ")";
    }
    return "Product upload complete - "
        + file
        + " ("
        + (judged() == 0 ? "no rows" : Display.percent(accepted(), judged()))
        + " accepted)";
  }

  private long accepted() {
    return upload.books().written() + upload.books().unchanged();
  }

  private long pending() {
    return upload.books().pending();
  }

  private long judged() {
    return accepted() + pending() + upload.books().rejected();
  }

  /// What happened, in a sentence or two.
  private String headline() {
    if (decided != null) {
      return ApprovalWords.sentence(decided);
    }
    return pending() == 0 ? verdict() : verdict() + " " + ApprovalWords.waiting(pending());
  }

  private String verdict() {
    Upload.Failure failure = upload.failure();
    return switch (upload.state()) {
      case COMPLETED ->
          judged() == 0
              ? "No row of your file was accepted or rejected: all were left out on purpose."
              : pending() == 0
                  ? "Every row of your file was accepted."
                  : "No row of your file was rejected.";
      case PARTIAL ->
          Display.count(upload.books().rejected())
              + " of "
              + Display.count(judged())
              + " rows could not be accepted. Mend them in the error file and send it again as it"
              + " is.";
      case FAILED ->
          failure == null
              ? "No row of your file could be accepted. Mend them in the error file and send it"
                  + " again as it is."
              : "Your file could not be used: " + failure(failure);
      case RECEIVED, PARSING -> "Your file is being read.";
    };
  }

  private static String failure(Upload.Failure failure) {
    String message = Display.line(failure.message(), 500);
    return failure.line() == null
        ? message
        : String.format(Locale.ROOT, "%s (row %,d)", message, failure.line());
  }

  private List<Entry> summary() {
    Books books = upload.books();
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("File", Display.line(upload.fileName(), 250)));
    entries.add(new Entry("Vendor", Display.line(vendor.name(), 200) + " (" + vendor.code() + ")"));
    entries.add(new Entry("Upload", upload.id().toString()));
    entries.add(new Entry("Status", status()));
    Instant finishedAt = upload.finishedAt();
    if (finishedAt != null) {
      entries.add(new Entry("Finished", TIME.format(finishedAt)));
    }
    entries.add(new Entry("Rows", Display.count(books.received())));
    entries.add(new Entry("Accepted", share(accepted())));
    entries.add(new Entry("Rejected", share(books.rejected())));
    addIfAny(entries, "Unchanged", books.unchanged());
    if (pending() > 0) {
      entries.add(new Entry("Waiting for approval", share(pending())));
    }
    addIfAny(entries, "Skipped", books.skipped());
    addIfAny(entries, "Warnings", upload.warnings() - books.skipped());
    return entries;
  }

  private String status() {
    String state = upload.state().name().toLowerCase(Locale.ROOT);
    if (pending() == 0 || upload.state() == Upload.State.FAILED) {
      return state;
    }
    return (upload.state() == Upload.State.COMPLETED ? "checked" : state)
        + ", waiting for approval";
  }

  private String share(long rows) {
    boolean brokenOff = upload.state() == Upload.State.FAILED && upload.failure() != null;
    return judged() == 0 || brokenOff
        ? Display.count(rows)
        : Display.count(rows) + " (" + Display.percent(rows, judged()) + ")";
  }

  private static void addIfAny(List<Entry> entries, String label, long count) {
    if (count > 0) {
      entries.add(new Entry(label, Display.count(count)));
    }
  }

  private List<Entry> problems() {
    return upload.topProblems().stream()
        .limit(MOST_PROBLEMS)
        .map(problem ->
            new Entry(Display.line(problem.code(), 100), ApprovalWords.rows(problem.rows())))
        .toList();
  }

  /// Why operators declined rows.
  private List<Entry> reasons() {
    return decided == null
        ? List.of()
        : decided.reasons().stream()
            .limit(MOST_PROBLEMS)
            .map(reason ->
                new Entry(Display.line(reason.text(), 300), ApprovalWords.rows(reason.rows())))
            .toList();
  }

  String text() {
    StringBuilder text = new StringBuilder(headline()).append("\n\n");
    for (Entry entry : summary()) {
      text.append(String.format(Locale.ROOT, "%-22s%s\n", entry.label() + ":", entry.value()));
    }
    list(text, "Why rows were declined", reasons());
    list(text, ERRORS, problems());
    if (errors != null) {
      text.append("\nThe rejected rows, with what is wrong (link good for 7 days):\n")
          .append(errors)
          .append('\n');
    }
    text.append("\nThis upload in the portal:\n").append(page).append('\n');
    return text.toString();
  }

  private static void list(StringBuilder text, String title, List<Entry> entries) {
    if (!entries.isEmpty()) {
      text.append('\n').append(title).append('\n');
    }
    for (Entry entry : entries) {
      text.append("  ").append(entry.label()).append(": ").append(entry.value()).append('\n');
    }
  }

  String html() {
    StringBuilder content = new StringBuilder();
    content.append(rows(summary()));
    content.append(table("Why rows were declined", reasons()));
    content.append(table(ERRORS, problems()));
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width"/>
    <meta name="color-scheme" content="light dark"/>
    <title>%s</title>
    </head>
    <body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif">
    <div style="max-width:600px;margin:0 auto">
    <p style="font-size:18px;margin:0 0 16px">%s</p>
    <table role="presentation" style="border-collapse:collapse">
    %s</table>
    %s<p style="margin:24px 0 0"><a href="%s">Open this upload in the portal</a></p>
    </div>
    </body>
    </html>
    """
        .formatted(
            Display.html(subject()),
            Display.html(headline()),
            content,
            errors == null ? "" : button(errors),
            Display.html(page.toString()));
  }

  private static String table(String title, List<Entry> entries) {
    return entries.isEmpty()
        ? ""
        : "</table><h2 style=\"font-size:15px;margin:24px 0 8px\">"
            + title
            + "</h2><table role=\"presentation\" style=\"border-collapse:collapse\">\n"
            + rows(entries);
  }

  private static String rows(List<Entry> entries) {
    StringBuilder rows = new StringBuilder();
    for (Entry entry : entries) {
      rows.append("<tr><td style=\"padding:3px 24px 3px 0;opacity:.7;vertical-align:top\">")
          .append(Display.html(entry.label()))
          .append("</td><td style=\"padding:3px 0\">")
          .append(Display.html(entry.value()))
          .append("</td></tr>\n");
    }
    return rows.toString();
  }

  private static String button(URI target) {
    return """
    <p style="margin:24px 0 4px"><a href="%s" style="display:inline-block;padding:10px 18px;\
    border-radius:6px;background:#1f5f8b;color:#ffffff;text-decoration:none">Download the \
    rejected rows</a></p>
    <p style="margin:0;font-size:13px;opacity:.7">The link is good for 7 days.</p>
    """
        .formatted(Display.html(target.toString()));
  }
}
