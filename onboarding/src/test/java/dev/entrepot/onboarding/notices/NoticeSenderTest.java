package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.notices.Notices.Notice;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Sql;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What becomes of a notice: sent, tried again, given up.
class NoticeSenderTest extends NoticeWorld {
  @Test
  void whatWasCommittedBeforeACrashIsSentOnceAfterwards() throws Exception {
    Vendor vendor = vendor("bob@example.com", receiver.url("/hook"));
    String secret = vendors.rotateWebhookSecret(ANNA, vendor.code());
    // No sender runs: the program ended right after the commit.
    Upload upload = finish(vendor);
    GreenMail server = new GreenMail(mailServer(ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      MailSettings settings =
          new MailSettings(
              "127.0.0.1",
              server.getSmtp().getPort(),
              null,
              null,
              MailSettings.Security.NONE,
              "hub@example.com");
      NoticeSender sender = sender(new MailCourier(settings), webhooks());
      assertThat(sender.sendDue()).isEqualTo(2);
      assertThat(sender.sendDue()).isZero();
      clock.step(Duration.ofDays(1));
      assertThat(sender.sendDue()).isZero();
      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThat(server.getReceivedMessages()[0].getSubject())
          .isEqualTo("Product upload complete - größe.csv (92.9% accepted)");
    } finally {
      server.stop();
    }
    assertThat(receiver.requests()).hasSize(1);
    assertSigned(receiver.requests().getFirst(), secret, upload);
    assertThat(notices.list("VEND001", upload.id(), null, 10).items())
        .allSatisfy(notice -> {
          assertThat(notice.state()).isEqualTo("sent");
          assertThat(notice.sentAt()).isEqualTo(Finished.NOW);
          assertThat(notice.attempts()).isEqualTo(1);
        });
  }

  private static void assertSigned(Receiver.Request request, String secret, Upload upload)
      throws Exception {
    new Webhook(secret)
        .verify(
            request.body(),
            Map.of(
                "webhook-id", List.of(request.header("webhook-id")),
                "webhook-timestamp", List.of(request.header("webhook-timestamp")),
                "webhook-signature", List.of(request.header("webhook-signature"))));
    JsonNode event = JsonMapper.builder().build().readTree(request.body());
    assertThat(event.get("type").asString()).isEqualTo("upload.finished");
    assertThat(event.get("timestamp").asString()).isEqualTo("2026-11-20T10:00:00Z");
    JsonNode data = event.get("data");
    assertThat(data.get("id").asString()).isEqualTo(upload.id().toString());
    assertThat(data.get("file_name").asString()).isEqualTo("größe.csv");
    assertThat(data.get("state").asString()).isEqualTo("partial");
    assertThat(data.get("books").get("rejected").asInt()).isEqualTo(1);
    assertThat(data.get("books").get("acceptance").decimalValue()).isEqualByComparingTo("0.9286");
    assertThat(data.get("top_problems").get(0).get("code").asString()).isEqualTo("INVALID_PRICE");
    assertThat(data.get("links").get("errors").asString()).contains(upload.id().toString());
  }

  @Test
  void whatIsOverIsForgottenAfterNinetyDays() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/hook"));
    vendors.rotateWebhookSecret(ANNA, vendor.code());
    finish(vendor);
    age("sent", 89, "mail");
    age("queued", 91, "webhook");
    OldNotices old = new OldNotices(database, clock);
    // One is too young, the other still to be sent.
    assertThat(old.forget()).isZero();
    age("sent", 91, "mail");
    assertThat(old.forget()).isEqualTo(1);
    assertThat(only().channel()).isEqualTo("webhook");
  }

  private void age(String state, int days, String channel) {
    int _ =
        database.<Integer>write(connection ->
            Sql.of("update notice set state = ?, created_at = ? where channel = ?")
                .with(state, clock.instant().minus(Duration.ofDays(days)), channel)
                .update(connection));
  }

  @Test
  void aReceiverInTroubleIsTriedAgainUnderTheSameId() {
    receiver.answer(Receiver.status(500));
    Vendor vendor = vendor(null, receiver.url("/"));
    vendors.rotateWebhookSecret(ANNA, vendor.code());
    finish(vendor);
    NoticeSender sender = sender(Courier.keeping(), webhooks());
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(sender.sendDue()).isZero();
    assertThat(only().state()).isEqualTo("queued");
    assertThat(only().lastError()).isEqualTo("the receiver answered 500 Internal Server Error");
    clock.step(Duration.ofMillis(6_250));
    receiver.answer(Receiver.status(200));
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(only().state()).isEqualTo("sent");
    assertThat(only().lastError()).isNull();
    assertThat(only().attempts()).isEqualTo(2);
    assertThat(receiver.requests())
        .extracting(request -> request.header("webhook-id"))
        .containsExactly("msg_" + only().id(), "msg_" + only().id());
  }

  @Test
  void afterThreeDaysItIsGivenUpAndCanBeRetriedByHand() {
    receiver.answer(Receiver.status(500));
    Vendor vendor = vendor(null, receiver.url("/old"));
    vendors.rotateWebhookSecret(ANNA, vendor.code());
    finish(vendor);
    NoticeSender sender = sender(Courier.keeping(), webhooks());
    int attempts = 0;
    Instant last = clock.instant();
    while (only().state().equals("queued")) {
      int sent = sender.sendDue();
      if (sent > 0) {
        attempts += sent;
        last = clock.instant();
      }
      clock.step(Duration.ofMinutes(10));
    }
    assertThat(only().state()).isEqualTo("failed");
    assertThat(attempts).isBetween(15, 22);
    // An attempt falls at most one step after its time, and none is due after three days.
    assertThat(Duration.between(Finished.NOW, last))
        .isBetween(Duration.ofHours(64), Duration.ofDays(3).plusMinutes(10));
    receiver.answer(Receiver.status(200));
    vendors.update(ANNA, withWebhook(vendor, receiver.url("/new")), 1);
    notices.retry(only().id());
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(only().state()).isEqualTo("sent");
    assertThat(receiver.requests().getLast().path()).isEqualTo("/new");
    refused(Code.CONFLICT, () -> notices.retry(only().id()));
    refused(Code.NOT_FOUND, () -> notices.retry(UUID.randomUUID()));
  }

  private static VendorDraft withWebhook(Vendor vendor, String url) {
    VendorDraft draft = vendor.draft();
    return new VendorDraft(
        draft.code(),
        draft.name(),
        draft.status(),
        draft.email(),
        draft.currency(),
        draft.knownKey(),
        draft.approval(),
        draft.launchAt(),
        draft.priceMoveShare(),
        draft.limits(),
        draft.phoneRegion(),
        URI.create(url));
  }

  @Test
  void goneIsGivenUpAtOnce() {
    receiver.answer(Receiver.status(410));
    Vendor vendor = vendor(null, receiver.url("/"));
    vendors.rotateWebhookSecret(ANNA, vendor.code());
    finish(vendor);
    sender(Courier.keeping(), webhooks()).sendDue();
    assertThat(only().state()).isEqualTo("failed");
    assertThat(only().lastError()).contains("410", "VEND001");
  }

  @Test
  void withoutAMailServerMailIsKeptUntilThereIsOne() {
    finish(vendor("bob@example.com", null));
    sender(Courier.keeping(), webhooks()).sendDue();
    Notice kept = only();
    assertThat(kept.state()).isEqualTo("kept");
    assertThat(kept.attempts()).isZero();
    assertThat(notices.find(kept.id())).contains(kept);
    assertThat(kept.html()).contains("größe.csv");
    NoticeStore mailless = new NoticeStore(database, clock, false);
    assertThat(mailless.retriable(kept)).isFalse();
    refused(Code.CONFLICT, () -> mailless.retry(kept.id()));
    assertThat(notices.retriable(kept)).isTrue();
    notices.retry(kept.id());
    sender(_ -> new Courier.Sent(), webhooks()).sendDue();
    assertThat(only().state()).isEqualTo("sent");
  }
}
