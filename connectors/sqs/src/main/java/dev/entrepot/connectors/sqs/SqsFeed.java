package dev.entrepot.connectors.sqs;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.FedMessage;
import dev.entrepot.spi.feed.FeedException;
import dev.entrepot.spi.feed.SecretReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// One queue. Asks for ten messages at a time, and waits for them at the queue for up to 20
/// seconds, which are both the most that SQS allows.
final class SqsFeed implements EventFeed {
  private static final int MOST_MESSAGES = 10;
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final Map<MessageSystemAttributeName, String> HEADERS =
      Map.of(
          MessageSystemAttributeName.MESSAGE_GROUP_ID, "sqs-message-group-id",
          MessageSystemAttributeName.SEQUENCE_NUMBER, "sqs-sequence-number",
          MessageSystemAttributeName.SENT_TIMESTAMP, "sqs-sent-timestamp",
          MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "sqs-receive-count");

  private final SqsClient client;
  private final AwsCredentialsProvider credentials;
  private final String queueUrl;

  private SqsFeed(SqsClient client, AwsCredentialsProvider credentials, String queueUrl) {
    this.client = client;
    this.credentials = credentials;
    this.queueUrl = queueUrl;
  }

  static SqsFeed open(QueueSettings settings, SecretReader secrets) {
    AwsCredentialsProvider credentials = credentials(settings, secrets);
    try {
      SqsClientBuilder builder =
          SqsClient.builder()
              .region(Region.of(settings.region()))
              .credentialsProvider(credentials)
              .httpClientBuilder(
                  UrlConnectionHttpClient.builder()
                      .connectionTimeout(CONNECT)
                      .socketTimeout(MOST_PATIENCE.plusSeconds(10)))
              // Whoever uses the feed repeats.
              .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
      if (settings.endpoint() != null) {
        builder.endpointOverride(settings.endpoint());
      }
      SqsFeed feed = new SqsFeed(builder.build(), credentials, settings.queueUrl());
      feed.requireCredentials();
      return feed;
    } catch (SdkException e) {
      throw SqsFailures.of(settings.queueUrl(), e);
    }
  }

  private static AwsCredentialsProvider credentials(QueueSettings settings, SecretReader secrets) {
    QueueSettings.Keys keys = settings.keys();
    if (keys == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    try {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(secrets.read(keys.id()), secrets.read(keys.secret())));
    } catch (IllegalStateException e) {
      throw new FeedException(FeedException.Code.DENIED, String.valueOf(e.getMessage()), e);
    }
  }

  /// By itself, since the SDK's failures for want of credentials look like those of the network.
  private void requireCredentials() {
    try {
      var _ = credentials.resolveCredentials();
    } catch (SdkException e) {
      close();
      throw new FeedException(
          FeedException.Code.DENIED,
          "there are no AWS credentials for the queue "
              + queueUrl
              + " ("
              + e.getMessage()
              + "); give this machine a role, or set access-key-id and secret-access-key",
          e);
    }
  }

  @Override
  public List<FedMessage> fetch(Duration patience, Duration hidden) throws InterruptedException {
    try {
      return asked(() ->
              client.receiveMessage(request ->
                  request
                      .queueUrl(queueUrl)
                      .maxNumberOfMessages(MOST_MESSAGES)
                      .waitTimeSeconds(
                          (int) Math.min(patience.toSeconds(), MOST_PATIENCE.toSeconds()))
                      .visibilityTimeout((int) hidden.toSeconds())
                      .messageSystemAttributeNames(HEADERS.keySet())))
          .messages()
          .stream()
          .map(SqsFeed::message)
          .toList();
    } catch (FeedException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  private static FedMessage message(Message message) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("sqs-message-id", message.messageId());
    HEADERS.forEach((attribute, header) -> {
      String value = message.attributes().get(attribute);
      if (value != null) {
        headers.put(header, value);
      }
    });
    return new FedMessage(
        message.receiptHandle(),
        message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
        new Delivery(Headers.of(headers), Body.of(message.body())));
  }

  @Override
  public void delete(List<FedMessage> messages) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(i ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(String.valueOf(i))
                    .receiptHandle(messages.get(i).handle())
                    .build())
            .toList();
    requireNone(
        "deleted",
        asked(() ->
                client.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)))
            .failed());
  }

  @Override
  public void hide(List<FedMessage> messages, Duration from) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(i ->
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(String.valueOf(i))
                    .receiptHandle(messages.get(i).handle())
                    .visibilityTimeout((int) from.toSeconds())
                    .build())
            .toList();
    requireNone(
        "given back",
        asked(() ->
                client.changeMessageVisibilityBatch(
                    request -> request.queueUrl(queueUrl).entries(entries)))
            .failed());
  }

  private void requireNone(String what, List<BatchResultErrorEntry> failed) {
    if (!failed.isEmpty()) {
      throw SqsFailures.of(queueUrl, what, failed);
    }
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw SqsFailures.of(queueUrl, e);
    }
  }

  @Override
  public void close() {
    client.close();
    if (credentials instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("credentials cannot be let go of, which never happens", e);
      }
    }
  }
}
