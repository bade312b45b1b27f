package dev.entrepot.connectors.sqs;

import dev.entrepot.spi.feed.FeedException;
import dev.entrepot.spi.feed.FeedException.Code;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// What failures of SQS mean. Codes as in Amazon's API reference of SQS, common errors included;
/// some are sent with status 400 rather than 401 or 403.
final class SqsFailures {
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSecurity",
          "KmsAccessDenied",
          "KMS.AccessDeniedException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private static final Set<String> MISSING =
      Set.of(
          "AWS.SimpleQueueService.NonExistentQueue",
          "QueueDoesNotExist",
          "com.amazonaws.sqs#QueueDoesNotExist");

  private SqsFailures() {}

  static FeedException of(String queueUrl, SdkException failure) {
    if (!(failure instanceof AwsServiceException answer)) {
      return new FeedException(
          Code.UNAVAILABLE,
          "the queue " + queueUrl + " cannot be reached (" + failure.getMessage() + ")",
          failure);
    }
    String code = "";
    String said = "status " + answer.statusCode();
    if (answer.awsErrorDetails() != null) {
      code = String.valueOf(answer.awsErrorDetails().errorCode());
      // Without the id of the request, so that the same failure reads the same.
      said = code + ": " + answer.awsErrorDetails().errorMessage();
    }
    Code kind = failure instanceof QueueDoesNotExistException ? Code.MISSING : kind(code, answer);
    return new FeedException(kind, words(kind, queueUrl, said), failure);
  }

  private static Code kind(String code, AwsServiceException answer) {
    if (MISSING.contains(code)) {
      return Code.MISSING;
    }
    if (answer.isThrottlingException() || answer.statusCode() >= 500) {
      return Code.UNAVAILABLE;
    }
    if (DENIED.contains(code) || answer.statusCode() == 401 || answer.statusCode() == 403) {
      return Code.DENIED;
    }
    return Code.REFUSED;
  }

  private static String words(Code kind, String queueUrl, String said) {
    String queue = "the queue " + queueUrl;
    return switch (kind) {
      case DENIED ->
          queue
              + " denies access ("
              + said
              + "); check that settings access-key-id and secret-access-key, or else the role of this"
              + " machine, are those of somebody whom IAM allows sqs:ReceiveMessage,"
              + " sqs:DeleteMessage and sqs:ChangeMessageVisibility on it";
      case MISSING ->
          queue
              + " does not exist ("
              + said
              + "); compare setting queue-url with the address on the queue's page in the AWS"
              + " console, and setting region with its region";
      case REFUSED ->
          queue
              + " refuses what is asked ("
              + said
              + "); compare settings queue-url, region and endpoint with the queue's page in the AWS"
              + " console";
      case UNAVAILABLE -> queue + " does not answer as it should (" + said + ")";
    };
  }

  /// @param what was to be done to messages, such as `deleted`
  /// @param failed not empty
  static FeedException of(String queueUrl, String what, List<BatchResultErrorEntry> failed) {
    BatchResultErrorEntry first = failed.getFirst();
    Code kind =
        DENIED.contains(first.code())
            ? Code.DENIED
            : first.senderFault() ? Code.REFUSED : Code.UNAVAILABLE;
    return new FeedException(
        kind,
        "messages of the queue %s could not be %s (%s: %s); they come again"
            .formatted(queueUrl, what, first.code(), first.message()));
  }
}
