package dev.entrepot.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.FedMessage;
import dev.entrepot.spi.feed.FeedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsFeedTest {
  private static final Duration HIDDEN = Duration.ofSeconds(60);

  private final LocalQueues queues = new LocalQueues();

  @AfterAll
  void close() {
    queues.close();
  }

  @Test
  void messagesOfAGroupComeInTheirOrderAndBlockItUntilTheyAreDeleted() throws Exception {
    String queue = queues.fifo("order");
    for (int i = 0; i < 12; i++) {
      queues.send(queue, "one", "{\"number\":" + i + "}");
    }
    try (EventFeed feed = open(queue);
        EventFeed other = open(queue)) {
      List<FedMessage> first = feed.fetch(Duration.ofSeconds(1), HIDDEN);
      assertThat(bodies(first)).hasSize(10).startsWith("{\"number\":0}", "{\"number\":1}");
      assertThat(first).extracting(FedMessage::group).containsOnly("one");
      assertThat(other.fetch(Duration.ZERO, HIDDEN)).isEmpty();
      feed.delete(first.subList(0, 9));
      assertThat(other.fetch(Duration.ZERO, HIDDEN)).isEmpty();
      feed.hide(first.subList(9, 10), Duration.ZERO);
      List<FedMessage> rest = other.fetch(Duration.ofSeconds(1), HIDDEN);
      assertThat(bodies(rest))
          .containsExactly("{\"number\":9}", "{\"number\":10}", "{\"number\":11}");
      other.delete(rest);
    }
    assertThat(queues.messages(queue)).isZero();
  }

  @Test
  void whatTheQueueKnowsOfAMessageIsInItsHeaders() throws Exception {
    String queue = queues.fifo("headers");
    queues.send(queue, "g", "{}");
    try (EventFeed feed = open(queue)) {
      FedMessage message = feed.fetch(Duration.ofSeconds(1), HIDDEN).getFirst();
      assertThat(message.delivery().headers().values())
          .containsKeys(
              "sqs-message-id",
              "sqs-message-group-id",
              "sqs-sent-timestamp",
              "sqs-sequence-number",
              "sqs-receive-count");
    }
  }

  @Test
  void waitingEndsAtOnceWhenItIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    HttpServer silent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    silent.setExecutor(task -> Thread.ofVirtual().start(task));
    silent.createContext(
        "/",
        exchange -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    silent.start();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    try (EventFeed feed = open(address(silent))) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ended.completeExceptionally(
                      new AssertionError(feed.fetch(Duration.ofSeconds(20), HIDDEN)));
                } catch (InterruptedException | RuntimeException e) {
                  ended.complete(e);
                }
              });
      asked.await();
      waiting.interrupt();
      assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    } finally {
      answer.countDown();
      silent.stop(0);
    }
  }

  @Test
  void aQueueThatIsNotThereIsMissing() throws Exception {
    String queue = queues.fifo("there").replace("there", "elsewhere");
    try (EventFeed feed = open(queue)) {
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> feed.fetch(Duration.ZERO, HIDDEN))
          .satisfies(e -> assertThat(e.code()).isEqualTo(FeedException.Code.MISSING))
          .withMessageContaining(queue)
          .withMessageContaining("compare setting queue-url with the address on the queue's page");
    }
  }

  @Test
  void aQueueThatDoesNotAnswerIsUnavailable() throws Exception {
    // Bound, so that nobody else has the port, and not listened at.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (EventFeed feed = open(address(held.getLocalPort()))) {
        assertThatExceptionOfType(FeedException.class)
            .isThrownBy(() -> feed.fetch(Duration.ZERO, HIDDEN))
            .satisfies(e -> assertThat(e.code()).isEqualTo(FeedException.Code.UNAVAILABLE))
            .withMessageContaining("cannot be reached");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, InvalidClientTokenId, DENIED",
    "400, UnrecognizedClientException, DENIED",
    "400, com.amazon.coral.service#AccessDeniedException, DENIED",
    "400, com.amazonaws.sqs#QueueDoesNotExist, MISSING",
    "400, InvalidParameterValue, REFUSED",
    "400, ThrottlingException, UNAVAILABLE",
    "503, ServiceUnavailable, UNAVAILABLE"
  })
  void failuresSayWhoMustDoSomething(int status, String type, FeedException.Code code)
      throws Exception {
    HttpServer server =
        server(status, "{\"__type\":\"" + type + "\",\"message\":\"as Amazon says it\"}");
    try (EventFeed feed = open(address(server))) {
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> feed.fetch(Duration.ZERO, HIDDEN))
          .satisfies(e -> assertThat(e.code()).isEqualTo(code))
          .withMessageContaining("as Amazon says it")
          .withMessageNotContaining("Request ID");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void messagesThatCannotBeDeletedAreTold() throws Exception {
    HttpServer server =
        server(
            200,
            """
            {"Successful":[],"Failed":[{"Id":"0","Code":"AccessDenied","SenderFault":true,\
            "Message":"no identity-based policy allows sqs:DeleteMessage"}]}\
            """);
    String local = queues.fifo("undeleted");
    queues.send(local, "g", "{}");
    try (EventFeed feed = open(address(server));
        EventFeed good = open(local)) {
      List<FedMessage> messages = good.fetch(Duration.ofSeconds(1), HIDDEN);
      assertThatExceptionOfType(FeedException.class)
          .isThrownBy(() -> feed.delete(messages))
          .satisfies(e -> assertThat(e.code()).isEqualTo(FeedException.Code.DENIED))
          .withMessageContaining("sqs:DeleteMessage");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void credentialsThatAreNotThereAreDenied() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() ->
            new SqsFeedFactory()
                .open(
                    LocalQueues.settings("http://127.0.0.1:1/q"),
                    reference -> {
                      throw new IllegalStateException("nothing at " + reference);
                    }))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FeedException.Code.DENIED))
        .withMessage("nothing at file:/dev/null/id");
  }

  private static EventFeed open(String queueUrl) {
    Map<String, String> settings = LocalQueues.settings(queueUrl);
    return new SqsFeedFactory().open(settings, reference -> "value of " + reference);
  }

  private static List<String> bodies(List<FedMessage> messages) {
    List<String> bodies = new ArrayList<>();
    messages.forEach(message -> bodies.add(message.delivery().body().text()));
    return bodies;
  }

  private static String address(HttpServer server) {
    return address(server.getAddress().getPort());
  }

  private static String address(int port) {
    return "http://127.0.0.1:" + port + "/000000000000/q.fifo";
  }

  /// Answers everything alike.
  private static HttpServer server(int status, String answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.getResponseHeaders().add("x-amzn-RequestId", "b5293cb5");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }
}
