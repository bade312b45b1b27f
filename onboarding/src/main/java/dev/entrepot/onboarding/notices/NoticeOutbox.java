package dev.entrepot.onboarding.notices;

import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.uploads.ApprovalTotals;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.UploadListener;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes notices into the table `notice`, in the transaction of what they tell: they are sent if
/// and only if that is committed, however the program ends. [NoticeSender] sends them, at least
/// once each. Safe for use by many threads.
public final class NoticeOutbox implements UploadListener {
  private static final int LONGEST_SUBJECT = 200;

  /// Operators often decide in several steps; those of a minute are told together.
  private static final Duration GATHERING = Duration.ofMinutes(1);

  private static final Sql INSERT =
      Sql.of(
          """
          insert into notice (id, channel, event, vendor, upload, recipient, subject, body, html,
            next_attempt_at, created_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """);

  private static final Sql GATHER =
      Sql.of(
          """
          update notice set recipient = ?, subject = ?, body = ?, html = ?
          where upload = ? and channel = ? and event = ? and state = 'queued' and attempts = 0
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
  @Override
  public void uploadFinished(Connection transaction, Vendor vendor, Upload upload) {
    for (Message message : messages(vendor, upload, null)) {
      insert(transaction, told(upload, UploadEvent.FINISHED), message, clock.instant());
    }
  }

  /// Tells the vendor what was decided on its waiting rows, likewise. Decisions that follow within
  /// a minute change what is told, unless it is on its way already.
  @Override
  public void rowsDecided(
      Connection transaction, Vendor vendor, Upload upload, ApprovalTotals totals) {
    for (Message message : messages(vendor, upload, totals)) {
      int gathered =
          GATHER
              .with(
                  message.recipient(),
                  StorableText.repair(message.subject()),
                  StorableText.repair(message.body()),
                  repairedOrNull(message.html()),
                  upload.id(),
                  message.channel(),
                  UploadEvent.DECIDED)
              .update(transaction);
      if (gathered == 0) {
        Instant due = clock.instant().plus(GATHERING);
        insert(transaction, told(upload, UploadEvent.DECIDED), message, due);
      }
    }
  }

  private List<Message> messages(Vendor vendor, Upload upload, @Nullable ApprovalTotals decided) {
    List<Message> messages = new ArrayList<>();
    URI page = links.uploadPage(upload.id());
    URI errors = upload.books().rejected() > 0 ? links.errorReport(upload.id()) : null;
    String address = vendor.email();
    if (address != null) {
      UploadMail mail = new UploadMail(vendor, upload, page, errors, decided);
      messages.add(new Message(NoticeRow.MAIL, address, mail.subject(), mail.text(), mail.html()));
    }
    URI receiver = vendor.webhookUrl();
    if (receiver != null) {
      UploadEvent event = new UploadEvent(upload, clock.instant(), page, errors, decided);
      messages.add(
          new Message(
              NoticeRow.WEBHOOK, receiver.toASCIIString(), event.type(), event.json(), null));
    }
    return messages;
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
    insert(transaction, new Told(draft.id(), draft.event(), null, null), message, clock.instant());
  }

  private record Message(
      String channel, String recipient, String subject, String body, @Nullable String html) {}

  private record Told(UUID id, String event, @Nullable String vendor, @Nullable UUID upload) {}

  private static Told told(Upload upload, String event) {
    return new Told(SortableId.next(), event, upload.vendor(), upload.id());
  }

  private void insert(Connection transaction, Told told, Message message, Instant due) {
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
            repairedOrNull(message.html()),
            due,
            clock.instant())
        .updateOne(transaction);
  }

  private static @Nullable String repairedOrNull(@Nullable String html) {
    return html == null ? null : StorableText.repair(html);
  }
}
