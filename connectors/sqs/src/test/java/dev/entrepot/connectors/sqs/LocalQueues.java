package dev.entrepot.connectors.sqs;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// ElasticMQ in this JVM, which speaks the protocol of SQS, FIFO queues included.
public final class LocalQueues implements AutoCloseable {
  private final SQSRestServer server;
  private final URI address;
  private final SqsClient client;

  public LocalQueues() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    address = URI.create("http://127.0.0.1:" + port);
    client =
        SqsClient.builder()
            .region(Region.EU_CENTRAL_1)
            .endpointOverride(address)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /// Makes an empty FIFO queue.
  ///
  /// @return its address
  public String fifo(String name) {
    String url =
        client
            .createQueue(request ->
                request
                    .queueName(name + ".fifo")
                    .attributes(
                        Map.of(
                            QueueAttributeName.FIFO_QUEUE,
                            "true",
                            QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
                            "true")))
            .queueUrl();
    return url.replaceFirst("^http://[^/]+", address.toString());
  }

  /// Sends a message, even if one of the same body was sent just before.
  public void send(String queueUrl, String group, String body) {
    var _ =
        client.sendMessage(request ->
            request
                .queueUrl(queueUrl)
                .messageGroupId(group)
                .messageDeduplicationId(UUID.randomUUID().toString())
                .messageBody(body));
  }

  /// How many messages there are, hidden ones included.
  public int messages(String queueUrl) {
    Map<QueueAttributeName, String> attributes =
        client
            .getQueueAttributes(request ->
                request
                    .queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return attributes.values().stream().mapToInt(Integer::parseInt).sum();
  }

  /// Where they are.
  public URI address() {
    return address;
  }

  /// Lets fetched messages be fetched again at once, as when the time of whoever fetched them has
  /// run out.
  ///
  /// @param receipts as they were given with the messages
  public void giveBack(String queueUrl, List<String> receipts) {
    for (String receipt : receipts) {
      var _ =
          client.changeMessageVisibility(
              request -> request.queueUrl(queueUrl).receiptHandle(receipt).visibilityTimeout(0));
    }
  }

  /// Settings of a connection that fetches from a queue.
  static Map<String, String> settings(String queueUrl) {
    return Map.of(
        QueueSettings.QUEUE_URL,
        queueUrl,
        QueueSettings.REGION,
        "eu-central-1",
        QueueSettings.ACCESS_KEY_ID,
        "file:/dev/null/id",
        QueueSettings.SECRET_ACCESS_KEY,
        "file:/dev/null/secret");
  }

  @Override
  public void close() {
    client.close();
    // Without waiting: it lets those that poll poll on to the end.
    var _ = server.stopAndGetFuture().apply();
  }
}
