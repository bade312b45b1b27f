package dev.entrepot.kit.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookPosterTest {
  private final Receiver receiver = new Receiver(Receiver.status(204));
  private final WebhookPoster poster =
      new WebhookPoster(
          WebhookReach.PRIVATE_TOO,
          Clock.systemUTC(),
          new WebhookPoster.Patience(Duration.ofMinutes(5), Duration.ofMinutes(5)));

  @AfterEach
  void stop() {
    receiver.close();
  }

  private WebhookPost post(String... secrets) {
    return new WebhookPost(
        URI.create(receiver.url("/")),
        "msg_1",
        "{\"name\": \"größe\"}",
        List.of(secrets),
        Map.of("x-more", "yes"));
  }

  @Test
  void whileASecretIsReplacedBothSign() throws Exception {
    String newer = SigningSecret.make();
    String older = SigningSecret.make();
    assertThat(poster.post(post(newer, older))).isInstanceOf(PostResult.Answered.class);
    Receiver.Request request = receiver.requests().getFirst();
    assertThat(request.header("x-more")).isEqualTo("yes");
    assertThat(request.header("webhook-signature")).matches("v1,\\S+ v1,\\S+");
    for (String secret : List.of(newer, older)) {
      new Webhook(secret)
          .verify(
              request.body(),
              Map.of(
                  "webhook-id", List.of(request.header("webhook-id")),
                  "webhook-timestamp", List.of(request.header("webhook-timestamp")),
                  "webhook-signature", List.of(request.header("webhook-signature"))));
    }
  }

  @Test
  void theBeginningOfTheAnswerIsTold() {
    receiver.answer(exchange -> {
      exchange.sendResponseHeaders(500, 0);
      exchange.getResponseBody().write("no\tsuch\u0000 thing ".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().write(new byte[100_000]);
    });
    assertThat(poster.post(post(SigningSecret.make())))
        .isInstanceOfSatisfying(
            PostResult.Answered.class,
            answer -> {
              assertThat(answer.status()).isEqualTo(500);
              assertThat(answer.excerpt()).isEqualTo("no such  thing");
              assertThat(answer.taken()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 410 Gone\r\n\r\nno more",
        "HTTP/1.1 410 Gone\r\nConnection: close\r\n\r\nno more",
        "HTTP/1.0 410 Gone\r\n\r\nno more",
        "HTTP/1.0 410 Gone\r\nServer: BaseHTTP/0.6\r\n\r\n",
        "HTTP/1.1 410 Gone\r\nContent-Length: 100\r\n\r\nno more"
      })
  void anAnswerMayEndWithItsConnection(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerAndClose(server, answer));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThat(poster.post(WebhookPost.of(url, "msg_1", "{}", List.of(SigningSecret.make()))))
          .isInstanceOfSatisfying(
              PostResult.Answered.class,
              answered -> {
                assertThat(answered.status()).isEqualTo(410);
                assertThat(answered.excerpt()).isEqualTo(answer.endsWith("more") ? "no more" : "");
              });
    }
  }

  private static void answerAndClose(ServerSocket server, String answer) {
    try (Socket connection = server.accept()) {
      StringBuilder sent = new StringBuilder();
      while (sent.indexOf("\r\n\r\n{}") < 0) {
        sent.append((char) connection.getInputStream().read());
      }
      connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aStatusCountsThoughTheRestNeverComes() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerHalf(server));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      WebhookPost post = WebhookPost.of(url, "msg_1", "{}", List.of(SigningSecret.make()));
      // On a machine that is busy, not even the status comes within a short patience.
      Duration patience = Duration.ofSeconds(2);
      PostResult result = impatient(patience).post(post);
      while (result instanceof PostResult.Failed && patience.toMinutes() < 2) {
        patience = patience.multipliedBy(3);
        result = impatient(patience).post(post);
      }
      assertThat(result)
          .isInstanceOfSatisfying(
              PostResult.Answered.class, answer -> assertThat(answer.status()).isEqualTo(202));
    }
  }

  private static WebhookPoster impatient(Duration patience) {
    return new WebhookPoster(
        WebhookReach.PRIVATE_TOO,
        Clock.systemUTC(),
        new WebhookPoster.Patience(patience, patience));
  }

  private static void answerHalf(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write(
            "HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\nhalf"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        // Until the other side leaves.
        byte[] _ = socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The other side has left already, or the test is over.
      }
    }
  }

  @Test
  void aSecretThatCannotSignIsSaid() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> poster.post(post("whsec_!")))
        .withMessageContaining("make a new one");
    assertThat(receiver.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "whsec_", "whsec_AAAA", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void secretsThatDoNotFit(String secret) {
    assertThat(SigningSecret.fits(secret)).isFalse();
  }

  @Test
  void newSecretsFitAndDiffer() {
    String one = SigningSecret.make();
    assertThat(SigningSecret.fits(one)).isTrue();
    assertThat(SigningSecret.make()).isNotEqualTo(one);
  }
}
