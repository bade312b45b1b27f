package dev.entrepot.onboarding.notices;

import dev.entrepot.storage.Row;

/// How a notice is stored in its row.
final class NoticeRow {
  static final String MAIL = "mail";
  static final String WEBHOOK = "webhook";

  private NoticeRow() {}

  static Notices.Notice read(Row row) {
    return new Notices.Notice(
        row.uuid("id"),
        row.text("channel"),
        row.text("event"),
        row.textOrNull("vendor"),
        row.uuidOrNull("upload"),
        row.text("recipient"),
        row.text("subject"),
        row.text("body"),
        row.textOrNull("html"),
        row.text("state"),
        row.int4("attempts"),
        row.textOrNull("last_error"),
        row.instant("created_at"),
        row.instantOrNull("sent_at"));
  }
}
