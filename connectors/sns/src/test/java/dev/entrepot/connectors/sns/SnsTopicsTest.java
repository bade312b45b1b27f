package dev.entrepot.connectors.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.entrepot.spi.topic.TopicException;
import dev.entrepot.spi.topic.TopicMessage;
import dev.entrepot.spi.topic.TopicPublisher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a server that speaks as the API reference of Amazon SNS has it: `Publish` by the Query
/// protocol, answers in XML.
class SnsTopicsTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:uploads";
  private static final TopicMessage MESSAGE =
      new TopicMessage("01a1fc97", "upload.finished", "VEND001", "{\"file\": \"größe & co.csv\"}");
  private static final Map<String, String> SETTINGS =
      Map.of("aws.accessKeyId", "AKIDEXAMPLE", "aws.secretAccessKey", "of-no-worth");

  /// A request as it came: the form's fields, and who signed it.
  private record Published(Map<String, String> fields, String authorization) {}

  private final List<Published> published = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile String answer =
      "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
          + "<MessageId>94f20ce6</MessageId></PublishResult></PublishResponse>";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          published.add(
              new Published(fields(body), exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] said = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(status, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    server.start();
    SETTINGS.forEach(System::setProperty);
    System.setProperty("aws.endpointUrlSns", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    SETTINGS.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrlSns");
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new TreeMap<>();
    for (String pair : List.of(form.split("&", -1))) {
      int at = pair.indexOf('=');
      fields.put(
          URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Test
  void publishes() {
    new SnsTopics().publish(TOPIC, MESSAGE);
    assertThat(published).hasSize(1);
    assertThat(published.getFirst().fields())
        .containsEntry("Action", "Publish")
        .containsEntry("TopicArn", TOPIC)
        .containsEntry("Subject", "upload.finished")
        .containsEntry("Message", MESSAGE.body())
        .containsValues("type", "id", "01a1fc97")
        .doesNotContainKeys("MessageGroupId", "MessageDeduplicationId");
    assertThat(published.getFirst().authorization())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-west-1/sns/aws4_request");
  }

  @Test
  void aTopicThatKeepsOrderIsToldGroupAndRepeat() {
    new SnsTopics().publish(TOPIC + ".fifo", MESSAGE);
    assertThat(published.getFirst().fields())
        .containsEntry("MessageGroupId", "VEND001")
        .containsEntry("MessageDeduplicationId", "01a1fc97");
  }

  @Test
  void aRefusalSaysWhatSnsSaid() {
    status = 403;
    answer =
        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type>"
            + "<Code>AuthorizationError</Code><Message>not authorized to perform SNS:Publish</Message>"
            + "</Error><RequestId>9d9c6b2e</RequestId></ErrorResponse>";
    assertThatExceptionOfType(TopicException.class)
        .isThrownBy(() -> new SnsTopics().publish(TOPIC, MESSAGE))
        .withMessageContaining(TOPIC)
        .withMessageContaining("AuthorizationError: not authorized to perform SNS:Publish")
        .withMessageContaining("allow sns:Publish");
    assertThat(published).hasSize(1);
  }

  @Test
  void nobodyAnswers() throws IOException {
    // Bound, so that nobody else has the port, and not listened at.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      System.setProperty("aws.endpointUrlSns", "http://127.0.0.1:" + held.getLocalPort());
      assertThatExceptionOfType(TopicException.class)
          .isThrownBy(() -> new SnsTopics().publish(TOPIC, MESSAGE))
          .withMessageContaining("cannot be reached");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOPIC,
        TOPIC + ".fifo",
        "arn:aws-us-gov:sns:us-gov-west-1:123456789012:a_B-9",
        "arn:aws-cn:sns:cn-north-1:123456789012:x"
      })
  void topics(String arn) {
    SnsTopics topics = new SnsTopics();
    assertThat(topics.knows(arn)).isTrue();
    assertThat(topics.objection(arn)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sqs:eu-west-1:123456789012:uploads",
        "arn:aws:sns:evil.example/:123456789012:uploads",
        "arn:aws:sns:eu-west-1:12345:uploads",
        "arn:aws:sns:eu-west-1:123456789012:",
        "arn:aws:sns:eu-west-1:123456789012:a b",
        "arn:"
      })
  void noTopics(String arn) {
    SnsTopics topics = new SnsTopics();
    assertThat(topics.knows(arn)).isTrue();
    assertThat(topics.objection(arn)).hasValueSatisfying(said -> assertThat(said).contains(arn));
  }

  @Test
  void isFoundByItsService() {
    assertThat(ServiceLoader.load(TopicPublisher.class))
        .hasAtLeastOneElementOfType(SnsTopics.class);
    assertThat(new SnsTopics().knows("https://example.com/hooks")).isFalse();
  }
}
