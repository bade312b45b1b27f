package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.ServerSetup;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.notices.Notices.Notice;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStore;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// What tests of notices stand on: a vendor, its receiver, and a clock that is stepped.
abstract class NoticeWorld {
  static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  /// With receivers that answer, however busy the machine is.
  static final WebhookPoster.Patience PATIENT =
      new WebhookPoster.Patience(Duration.ofMinutes(5), Duration.ofMinutes(5));

  final Database database = TestDatabase.fresh();
  final SteppedClock clock = new SteppedClock(Finished.NOW);
  final Receiver receiver = new Receiver(Receiver.status(200));
  final VendorStore vendors =
      new VendorStore(
          database,
          new ActivityLog(database),
          clock,
          new SecretSeal(new byte[32]),
          WebhookReach.PRIVATE_TOO,
          Topics.none());
  final NoticeOutbox outbox = new NoticeOutbox(Finished.LINKS, clock);
  final NoticeStore notices = new NoticeStore(database, clock, true);

  @AfterEach
  void close() {
    receiver.close();
    database.close();
  }

  NoticeSender sender(Courier mail, Courier webhook) {
    return new NoticeSender(database, clock, mail, webhook, NoticeSender.Pace.DEFAULT);
  }

  Courier webhooks() {
    return new WebhookCourier(
        vendors::webhookSecret,
        new WebhookPoster(WebhookReach.PRIVATE_TOO, Clock.systemUTC(), PATIENT));
  }

  Vendor vendor(@Nullable String email, @Nullable String webhook) {
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

  Upload finish(Vendor vendor) {
    Upload upload = Finished.partial("größe.csv");
    return database.write(transaction -> {
      outbox.uploadFinished(transaction, vendor, upload);
      return upload;
    });
  }

  Notice only() {
    return notices.list(null, null, null, 10).items().getFirst();
  }

  /// A mail server on a free port that may take its time to start.
  static ServerSetup mailServer(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(Duration.ofMinutes(5).toMillis());
    return setup;
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void refused(Code code, Runnable work) {
    assertThatExceptionOfType(OnboardingException.class)
        .isThrownBy(work::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
