package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.entrepot.kit.outbound.Receiver;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.model.SortableId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class WebhookCourierTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final WebhookPoster.Patience SHORT =
      new WebhookPoster.Patience(Duration.ofSeconds(5), Duration.ofMillis(500));

  private final Receiver receiver = new Receiver(Receiver.status(204));
  private final WebhookCourier courier = courier(WebhookReach.PRIVATE_TOO);

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static WebhookCourier courier(WebhookReach reach) {
    return new WebhookCourier(
        _ -> Optional.of(SECRET), new WebhookPoster(reach, Clock.systemUTC(), NoticeWorld.PATIENT));
  }

  private static Notices.Notice notice(String url) {
    return new Notices.Notice(
        SortableId.next(),
        NoticeRow.WEBHOOK,
        UploadEvent.FINISHED,
        "VEND001",
        null,
        url,
        UploadEvent.FINISHED,
        "{\"type\": \"upload.finished\", \"data\": {\"file_name\": \"größe.csv\"}}",
        null,
        "queued",
        1,
        null,
        Finished.NOW,
        null);
  }

  @Test
  void theSignatureVerifies() throws Exception {
    Notices.Notice notice = notice(receiver.url("/hooks?x=1"));
    assertThat(courier.deliver(notice)).isEqualTo(new Courier.Sent());
    Receiver.Request request = receiver.requests().getFirst();
    assertThat(request.path()).isEqualTo("/hooks?x=1");
    assertThat(request.body()).isEqualTo(notice.body());
    assertThat(request.header("Content-Type")).startsWith("application/json");
    assertThat(request.header("webhook-id")).isEqualTo("msg_" + notice.id());
    new Webhook(SECRET)
        .verify(
            request.body(),
            Map.of(
                "webhook-id", List.of(request.header("webhook-id")),
                "webhook-timestamp", List.of(request.header("webhook-timestamp")),
                "webhook-signature", List.of(request.header("webhook-signature"))));
  }

  @ParameterizedTest
  @CsvSource({
    "200, Sent",
    "201, Sent",
    "400, Later",
    "401, Later",
    "404, Later",
    "410, GivenUp",
    "429, Later",
    "500, Later",
    "503, Later",
    "304, Later"
  })
  void answers(int status, String outcome) {
    receiver.answer(Receiver.status(status));
    Courier.Delivery delivery = courier.deliver(notice(receiver.url("/")));
    assertThat(delivery.getClass().getSimpleName()).as("%s", delivery).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirectsAreNotFollowed(int status) {
    receiver.answer(Receiver.status(status, Map.of("Location", receiver.url("/other"))));
    assertThat(courier.deliver(notice(receiver.url("/first"))))
        .isInstanceOfSatisfying(
            Courier.Later.class,
            later -> assertThat(later.reason()).contains("redirects are not followed"));
    assertThat(receiver.requests()).extracting(Receiver.Request::path).containsExactly("/first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          120                           | PT2M
          Fri, 20 Nov 2026 11:00:00 GMT | PT1H
          soon                          |
          -5                            |
          """)
  void theReceiverMaySayWhen(String retryAfter, Duration after) {
    receiver.answer(Receiver.status(503, Map.of("Retry-After", retryAfter)));
    WebhookCourier fixed =
        new WebhookCourier(
            _ -> Optional.of(SECRET),
            new WebhookPoster(
                WebhookReach.PRIVATE_TOO,
                Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC),
                NoticeWorld.PATIENT));
    assertThat(fixed.deliver(notice(receiver.url("/"))))
        .isInstanceOfSatisfying(
            Courier.Later.class, later -> assertThat(later.after()).isEqualTo(after));
  }

  @Test
  void aReceiverThatNeverAnswersIsLeft() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    receiver.answer(_ -> {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    WebhookCourier impatient =
        new WebhookCourier(
            _ -> Optional.of(SECRET),
            new WebhookPoster(WebhookReach.PRIVATE_TOO, Clock.systemUTC(), SHORT));
    assertThat(impatient.deliver(notice(receiver.url("/")))).isInstanceOf(Courier.Later.class);
    over.countDown();
  }

  @Test
  void aReceiverThatDripsItsAnswerIsLeft() throws Exception {
    CountDownLatch accepted = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drip(server, accepted, gone));
      WebhookCourier impatient =
          new WebhookCourier(
              _ -> Optional.of(SECRET),
              new WebhookPoster(WebhookReach.PRIVATE_TOO, Clock.systemUTC(), SHORT));
      Notices.Notice notice = notice("http://127.0.0.1:" + server.getLocalPort() + "/");
      // The patience may run out before there is a connection.
      do {
        assertThat(impatient.deliver(notice)).isInstanceOf(Courier.Later.class);
      } while (accepted.getCount() > 0);
      // The connection was closed, too: its other end notices.
      gone.await();
    }
  }

  private static void drip(ServerSocket server, CountDownLatch accepted, CountDownLatch gone) {
    try (Socket socket = server.accept()) {
      accepted.countDown();
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nx-slow: ".getBytes(StandardCharsets.US_ASCII));
      while (!gone.await(20, TimeUnit.MILLISECONDS)) {
        out.write('x');
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      gone.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1"})
  void privateAddressesAreRefusedAfterTheNameWasLookedUp(String host) {
    String url = receiver.url("/").replace("127.0.0.1", host);
    assertThat(courier(WebhookReach.PUBLIC).deliver(notice(url)))
        .isNotInstanceOf(Courier.Sent.class);
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void aRefusedAddressIsGivenUpAndNamed() {
    assertThat(courier(WebhookReach.PUBLIC).deliver(notice(receiver.url("/"))))
        .isInstanceOfSatisfying(
            Courier.GivenUp.class,
            givenUp -> assertThat(givenUp.reason()).contains("127.0.0.1", "settings"));
  }

  @Test
  void aHostThatIsNotThereIsTriedLater() {
    assertThat(patient().deliver(notice("http://nowhere.invalid/")))
        .isInstanceOfSatisfying(
            Courier.Later.class, later -> assertThat(later.reason()).contains("there is no host"));
  }

  @Test
  void aHostWhereNobodyListensIsTriedLater() throws IOException {
    // Bound, so that nobody else has the port, and not listened at.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThat(patient().deliver(notice("http://127.0.0.1:" + held.getLocalPort() + "/")))
          .isInstanceOfSatisfying(
              Courier.Later.class,
              later -> assertThat(later.reason()).contains("cannot be talked to"));
    }
  }

  /// For what ends by itself, however slow a resolver or the machine is.
  private static WebhookCourier patient() {
    Duration wait = Duration.ofMinutes(5);
    return new WebhookCourier(
        _ -> Optional.of(SECRET),
        new WebhookPoster(
            WebhookReach.PRIVATE_TOO, Clock.systemUTC(), new WebhookPoster.Patience(wait, wait)));
  }

  @Test
  void withoutASecretNothingIsPosted() {
    WebhookCourier secretless =
        new WebhookCourier(
            _ -> Optional.empty(),
            new WebhookPoster(WebhookReach.PRIVATE_TOO, Clock.systemUTC(), NoticeWorld.PATIENT));
    assertThat(secretless.deliver(notice(receiver.url("/"))))
        .isInstanceOfSatisfying(
            Courier.Later.class, later -> assertThat(later.reason()).contains("VEND001", "secret"));
    assertThat(receiver.requests()).isEmpty();
  }
}
