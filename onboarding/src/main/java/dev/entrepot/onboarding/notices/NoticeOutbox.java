package dev.entrepot.onboarding.notices;

import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes notices into the table `notice`, in the transaction of what they tell: they are sent if
/// and only if that is committed, however the program ends. [NoticeSender] sends them, at least
/// once each. Safe for use by many threads.
public final class NoticeOutbox {
  private static final int LONGEST_SUBJECT = 200;

  private static final Sql INSERT =
      Sql.of(
          """
          insert into notice (id, channel, event, vendor, upload, recipient, subject, body, html,
            next_attempt_at, created_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """);

  private final ReportLinks links;
  private final Clock clock;

  public NoticeOutbox(ReportLinks links, Clock clock) {
    this.links = links;
    this.clock = clock;
  }

  /// Tells the vendor what became of its file: by mail when it has an address, by webhook when it
  /// has one.
  ///
  /// @param transaction in which the upload was finished
  /// @param upload as it is now
  public void uploadFinished(Connection transaction, Vendor vendor, Upload upload) {
    URI page = links.uploadPage(upload.id());
    URI errors = upload.books().rejected() > 0 ? links.errorReport(upload.id()) : null;
    String address = vendor.email();
    if (address != null) {
      UploadMail mail = new UploadMail(vendor, upload, page, errors);
      insert(
          transaction,
          upload,
          new Message(NoticeRow.MAIL, address, mail.subject(), mail.text(), mail.html()));
    }
    URI receiver = vendor.webhookUrl();
    if (receiver != null) {
      UploadEvent event = new UploadEvent(upload, clock.instant(), page, errors);
      insert(
          transaction,
          upload,
          new Message(
              NoticeRow.WEBHOOK, receiver.toASCIIString(), UploadEvent.TYPE, event.json(), null));
    }
  }

  /// A notice that is no vendor's.
  ///
  /// @param id the same at every attempt; a second notice with the same id is refused
  /// @param channel by which way
  /// @param event what it tells of, such as `alert.raised`
  /// @param body plain text of a mail, or the JSON that a webhook posts
  public record Draft(
      UUID id, Channel channel, String event, String recipient, String subject, String body) {}

  /// The way out of the house.
  public enum Channel {
    MAIL,
    WEBHOOK
  }

  /// Tells somebody else.
  ///
  /// @param transaction of what it tells
  public void write(Connection transaction, Draft draft) {
    String channel =
        switch (draft.channel()) {
          case MAIL -> NoticeRow.MAIL;
          case WEBHOOK -> NoticeRow.WEBHOOK;
        };
    Message message =
        new Message(
            channel,
            draft.recipient(),
            Display.line(draft.subject(), LONGEST_SUBJECT),
            draft.body(),
            null);
    insert(transaction, new Told(draft.id(), draft.event(), null, null), message);
  }

  private record Message(
      String channel, String recipient, String subject, String body, @Nullable String html) {}

  private record Told(UUID id, String event, @Nullable String vendor, @Nullable UUID upload) {}

  private void insert(Connection transaction, Upload upload, Message message) {
    insert(
        transaction,
        new Told(SortableId.next(), UploadEvent.TYPE, upload.vendor(), upload.id()),
        message);
  }

  private void insert(Connection transaction, Told told, Message message) {
    Instant now = clock.instant();
    String html = message.html();
    INSERT
        .with(
            told.id(),
            message.channel(),
            told.event(),
            told.vendor(),
            told.upload(),
            message.recipient(),
            StorableText.repair(message.subject()),
            StorableText.repair(message.body()),
            html == null ? null : StorableText.repair(html),
            now,
            now)
        .updateOne(transaction);
  }
}
