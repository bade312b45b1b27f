package dev.entrepot.connectors.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.connectors.shopify.ShopifyEventBridgeFactory;
import dev.entrepot.spi.feed.EventFeedFactory;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSettingsTest {
  private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/s.fifo";

  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-central-1.amazonaws.com/1/s.fifo, eu-central-1",
    "https://sqs.us-gov-west-1.amazonaws.com/1/s.fifo, us-gov-west-1",
    "https://sqs.cn-north-1.amazonaws.com.cn/1/s.fifo, cn-north-1",
    "https://us-east-2.queue.amazonaws.com/1/s.fifo, us-east-2",
    "https://sqs.eu-west-1.api.aws/1/s.fifo, eu-west-1"
  })
  void theRegionIsInTheAddress(String queueUrl, String region) {
    QueueSettings settings = QueueSettings.of(Map.of("queue-url", queueUrl));
    assertThat(settings).isEqualTo(new QueueSettings(queueUrl, region, null, null));
  }

  @Test
  void queuesElsewhereAreReachedWhereTheyAre() {
    String local = "http://127.0.0.1:9324/000000000000/s.fifo";
    assertThat(QueueSettings.of(Map.of("queue-url", local, "region", "eu-central-1")).endpoint())
        .isEqualTo(URI.create("http://127.0.0.1:9324/"));
    assertThat(
            QueueSettings.of(Map.of("queue-url", QUEUE, "endpoint", "https://vpce.example"))
                .endpoint())
        .isEqualTo(URI.create("https://vpce.example"));
    assertThatThrownBy(() -> QueueSettings.of(Map.of("queue-url", local)))
        .hasMessageContaining("region is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s.fifo",
        "ftp://h/q",
        "https://h",
        "https://h/",
        "https://u:p@h/q",
        "http:/q"
      })
  void whatIsNoAddressOfAQueueIsRefused(String queueUrl) {
    assertThatThrownBy(
            () -> QueueSettings.of(Map.of("queue-url", queueUrl, "region", "eu-central-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("queue-url");
  }

  @Test
  void credentialsAreReferredToNeverGiven() {
    Map<String, String> both =
        Map.of(
            "queue-url",
            QUEUE,
            "access-key-id",
            "env:QUEUE_KEY",
            "secret-access-key",
            "file:/run/secrets/queue");
    assertThat(QueueSettings.of(both).keys())
        .isEqualTo(new QueueSettings.Keys("env:QUEUE_KEY", "file:/run/secrets/queue"));
    assertThatThrownBy(
            () -> QueueSettings.of(Map.of("queue-url", QUEUE, "access-key-id", "env:QUEUE_KEY")))
        .hasMessageContaining("go together");
    assertThatThrownBy(() ->
            QueueSettings.of(
                Map.of(
                    "queue-url",
                    QUEUE,
                    "access-key-id",
                    "env:QUEUE_KEY",
                    "secret-access-key",
                    "wJalrXUtnFEMI")))
        .hasMessageContaining("secret-access-key is to say where it is kept")
        .hasMessageNotContaining("wJalr");
  }

  @Test
  void aRegionIsARegion() {
    assertThatThrownBy(() -> QueueSettings.of(Map.of("queue-url", QUEUE, "region", "Frankfurt")))
        .hasMessageContaining("\"Frankfurt\"");
  }

  @Test
  void theFeedIsFoundByTheNameThatSendersGive() {
    assertThat(ServiceLoader.load(EventFeedFactory.class))
        .extracting(EventFeedFactory::name)
        .contains(new ShopifyEventBridgeFactory().feed());
  }
}
