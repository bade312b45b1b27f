package dev.entrepot.connectors.sns;

import dev.entrepot.spi.topic.TopicException;
import dev.entrepot.spi.topic.TopicMessage;
import dev.entrepot.spi.topic.TopicPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// Topics of Amazon SNS, by the AWS SDK: its default chain of credentials, and its setting
/// `aws.endpointUrlSns` (in the environment `AWS_ENDPOINT_URL_SNS`) for stand-ins. A client per
/// region is made when it is needed first, and kept.
public final class SnsTopics implements TopicPublisher {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final String PREFIX = "arn:";

  private final Map<String, SnsClient> clients = new ConcurrentHashMap<>();

  @Override
  public boolean knows(String address) {
    return address.startsWith(PREFIX);
  }

  @Override
  public Optional<String> objection(String address) {
    return TopicArn.of(address).isPresent()
        ? Optional.empty()
        : Optional.of(
            ("\"%s\" is not a topic of Amazon SNS; give its ARN, like"
                    + " arn:aws:sns:eu-west-1:123456789012:uploads")
                .formatted(address));
  }

  @Override
  public void publish(String address, TopicMessage message) {
    TopicArn topic =
        TopicArn.of(address)
            .orElseThrow(() -> new IllegalArgumentException(address + " is no topic's ARN"));
    try {
      var _ =
          clients
              .computeIfAbsent(topic.region(), SnsTopics::client)
              .publish(request(topic, message));
    } catch (AwsServiceException e) {
      throw new TopicException(
          "the topic %s did not take it (%s); check its name, and that our credentials allow sns:Publish"
              .formatted(topic.text(), said(e)),
          e);
    } catch (SdkException e) {
      throw new TopicException(
          "the topic %s cannot be reached (%s)".formatted(topic.text(), e.getMessage()), e);
    }
  }

  private static SnsClient client(String region) {
    return SnsClient.builder()
        .region(Region.of(region))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private static PublishRequest request(TopicArn topic, TopicMessage message) {
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(topic.text())
            .subject(message.type())
            .message(message.body())
            .messageAttributes(
                Map.of("type", attribute(message.type()), "id", attribute(message.id())));
    if (topic.keepsOrder()) {
      request.messageGroupId(message.group()).messageDeduplicationId(message.id());
    }
    return request.build();
  }

  private static MessageAttributeValue attribute(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  /// Without the id of the request, so that the same failure reads the same.
  private static String said(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? "status " + answer.statusCode()
        : answer.awsErrorDetails().errorCode() + ": " + answer.awsErrorDetails().errorMessage();
  }
}
