package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.notices.Notices.Notice;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.SecretSeal;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStore;
import dev.entrepot.onboarding.vendors.WebhookReach;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NoticeSenderTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  private final Database database = TestDatabase.fresh();
  private final SteppedClock clock = new SteppedClock(Finished.NOW);
  private final Receiver receiver = new Receiver(Receiver.status(200));
  private final VendorStore vendors =
      new VendorStore(
          database,
          new ActivityLog(database),
          clock,
          new SecretSeal(new byte[32]),
          WebhookReach.PRIVATE_TOO);
  private final NoticeOutbox outbox = new NoticeOutbox(Finished.LINKS, clock);
  private final NoticeStore notices = new NoticeStore(database, clock);

  @AfterEach
  void close() {
    receiver.close();
    database.close();
  }

  private NoticeSender sender(Courier mail, Courier webhook) {
    return new NoticeSender(database, clock, mail, webhook, NoticeSender.Pace.DEFAULT);
  }

  private Courier webhooks() {
    return new WebhookCourier(
        vendors::webhookSecret,
        WebhookReach.PRIVATE_TOO,
        Clock.systemUTC(),
        WebhookCourier.Patience.DEFAULT);
  }

  private Vendor vendor(@Nullable String email, @Nullable String webhook) {
    VendorDraft plain = VendorDraft.of("VEND001", "Acme");
    return vendors.create(
        ANNA,
        new VendorDraft(
            plain.code(),
            plain.name(),
            plain.status(),
            email,
            plain.currency(),
            plain.knownKey(),
            plain.approval(),
            null,
            null,
            plain.limits(),
            plain.phoneRegion(),
            webhook == null ? null : URI.create(webhook)));
  }

  private Upload finish(Vendor vendor) {
    Upload upload = Finished.partial("größe.csv");
    return database.write(transaction -> {
      outbox.uploadFinished(transaction, vendor, upload);
      return upload;
    });
  }

  private Notice only() {
    return notices.list(null, null, null, 10).items().getFirst();
  }

  @Test
  void nothingIsToldOfWhatIsRolledBack() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            database.write(transaction -> {
              outbox.uploadFinished(transaction, vendor, Finished.partial("a.csv"));
              throw new IllegalStateException("the upload's transaction fails");
            }));
    assertThat(notices.list(null, null, null, 10).items()).isEmpty();
  }

  @Test
  void aVendorWithoutAddressesIsToldNothing() {
    finish(vendor(null, null));
    assertThat(notices.list(null, null, null, 10).items()).isEmpty();
  }

  @Test
  void whatWasCommittedBeforeACrashIsSentOnceAfterwards() throws Exception {
    Vendor vendor = vendor("bob@example.com", receiver.url("/hook"));
    String secret = vendors.rotateWebhookSecret(ANNA, vendor.code());
    // No sender runs: the program ended right after the commit.
    Upload upload = finish(vendor);
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
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
    assertThat(data.get("fileName").asString()).isEqualTo("größe.csv");
    assertThat(data.get("state").asString()).isEqualTo("partial");
    assertThat(data.get("rows").get("rejected").asInt()).isEqualTo(1);
    assertThat(data.get("acceptance").decimalValue()).isEqualByComparingTo("0.9286");
    assertThat(data.get("topProblems").get(0).get("code").asString()).isEqualTo("INVALID_PRICE");
    assertThat(data.get("links").get("errors").asString()).contains(upload.id().toString());
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
    notices.retry(kept.id());
    sender(_ -> new Courier.Sent(), webhooks()).sendDue();
    assertThat(only().state()).isEqualTo("sent");
  }

  @Test
  void whoDiesWhileSendingIsReplacedAndSettlesNothingMore() throws Exception {
    finish(vendor("bob@example.com", null));
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    NoticeSender first =
        sender(
            _ -> {
              taken.countDown();
              await(lost);
              return new Courier.GivenUp("too late");
            },
            webhooks());
    Thread stuck = Thread.ofVirtual().start(first::sendDue);
    await(taken);
    NoticeSender second = sender(_ -> new Courier.Sent(), webhooks());
    assertThat(second.sendDue()).isZero();
    clock.step(NoticeSender.Pace.DEFAULT.lease());
    assertThat(second.sendDue()).isEqualTo(1);
    lost.countDown();
    stuck.join();
    assertThat(only().state()).isEqualTo("sent");
    assertThat(only().attempts()).isEqualTo(2);
  }

  @Test
  void whenTheDatabaseGoesAwayDuringAnAttemptItIsRepeatedUnderTheSameId() {
    finish(vendor("bob@example.com", null));
    List<UUID> delivered = new ArrayList<>();
    NoticeSender sender =
        sender(
            notice -> {
              delivered.add(notice.id());
              if (delivered.size() == 1) {
                endSessions();
              }
              return new Courier.Sent();
            },
            webhooks());
    sender.sendDue();
    clock.step(NoticeSender.Pace.DEFAULT.lease());
    sender.sendDue();
    assertThat(only().state()).isEqualTo("sent");
    assertThat(delivered).hasSizeBetween(1, 2).containsOnly(only().id());
  }

  private void endSessions() {
    database.read(connection ->
        Sql.of(
                """
                select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """)
            .one(connection, row -> row.int8("ended")));
  }

  @Test
  void aCourierThatThrowsIsTriedAgain() {
    finish(vendor("bob@example.com", null));
    NoticeSender sender =
        sender(
            _ -> {
              throw new IllegalStateException("a defect");
            },
            webhooks());
    sender.sendDue();
    assertThat(only().state()).isEqualTo("queued");
    assertThat(only().lastError()).contains("a defect");
  }

  @Test
  void startedItSendsByItselfOneAtATimeToOneRecipient() throws Exception {
    Vendor vendor = vendor("bob@example.com", null);
    int count = 20;
    CountDownLatch sent = new CountDownLatch(count);
    AtomicInteger under = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Courier counting =
        _ -> {
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          under.decrementAndGet();
          sent.countDown();
          return new Courier.Sent();
        };
    try (NoticeSender sender = sender(counting, webhooks())) {
      sender.start();
      for (int i = 0; i < count; i++) {
        finish(vendor);
        sender.wake();
      }
      await(sent);
    }
    assertThat(most.get()).isEqualTo(1);
    assertThat(notices.list(null, null, null, 100).items())
        .hasSize(count)
        .allMatch(notice -> notice.state().equals("sent") && notice.attempts() == 1);
  }

  @Test
  void aSlowRecipientDoesNotHoldUpTheOthers() throws Exception {
    Vendor slow = vendor("slow@example.com", null);
    Vendor fast = Finished.vendor("Fast", "fast@example.com", null);
    CountDownLatch fastSent = new CountDownLatch(1);
    Courier mail =
        notice -> {
          if (notice.recipient().startsWith("slow")) {
            await(fastSent);
          } else {
            fastSent.countDown();
          }
          return new Courier.Sent();
        };
    finish(slow);
    finish(slow);
    finish(fast);
    try (NoticeSender sender = sender(mail, webhooks())) {
      sender.start();
      await(fastSent);
    }
    assertThat(fastSent.getCount()).isZero();
  }

  @Test
  void twoSendersShareTheWork() throws Exception {
    Vendor vendor = vendor("bob@example.com", null);
    for (int i = 0; i < 30; i++) {
      finish(vendor);
    }
    AtomicInteger sent = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(2);
    Runnable work =
        () -> {
          try {
            together.await(10, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          sender(
                  _ -> {
                    sent.incrementAndGet();
                    return new Courier.Sent();
                  },
                  webhooks())
              .sendDue();
        };
    Thread one = Thread.ofVirtual().start(work);
    Thread two = Thread.ofVirtual().start(work);
    one.join();
    two.join();
    assertThat(sent.get()).isEqualTo(30);
  }

  @Test
  void noticesAreListedNewestFirstInPages() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    Upload first = finish(vendor);
    finish(vendor);
    List<Notice> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<Notice> page = notices.list(null, null, cursor, 3);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    assertThat(all).hasSize(4).extracting(Notice::id).doesNotHaveDuplicates();
    assertThat(all.getLast().upload()).isEqualTo(first.id());
    assertThat(notices.list("VEND001", first.id(), null, 10).items()).hasSize(2);
    assertThat(notices.list("VEND002", null, null, 10).items()).isEmpty();
    refused(Code.INVALID, () -> notices.list(null, null, "x", 10));
  }

  @Test
  void namesThatCannotBeStoredAreRepaired() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    database.write(transaction -> {
      outbox.uploadFinished(transaction, vendor, Finished.failed("a\0\uD800.csv", "b\0"));
      return vendor;
    });
    assertThat(notices.list(null, null, null, 10).items()).hasSize(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refused(Code code, Runnable work) {
    assertThatExceptionOfType(OnboardingException.class)
        .isThrownBy(work::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
