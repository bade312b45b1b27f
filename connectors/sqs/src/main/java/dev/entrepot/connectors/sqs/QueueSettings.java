package dev.entrepot.connectors.sqs;

import dev.entrepot.spi.event.SettingField;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which queue, and how to reach it.
///
/// @param endpoint null: the one of AWS for the region
/// @param keys null: the default chain of credentials
record QueueSettings(String queueUrl, String region, @Nullable URI endpoint, @Nullable Keys keys) {

  /// Where the two halves of an access key are kept.
  record Keys(String id, String secret) {}

  static final String QUEUE_URL = "queue-url";
  static final String REGION = "region";
  static final String ENDPOINT = "endpoint";
  static final String ACCESS_KEY_ID = "access-key-id";
  static final String SECRET_ACCESS_KEY = "secret-access-key";

  static final List<SettingField> FIELDS =
      List.of(
          new SettingField(
              QUEUE_URL,
              "the queue's address, such as"
                  + " https://sqs.eu-central-1.amazonaws.com/123456789012/shopify.fifo",
              null,
              List.of()),
          new SettingField(
              REGION, "the queue's region; empty: the one in its address", "", List.of()),
          new SettingField(
              ENDPOINT,
              "where to reach the queue, such as a VPC endpoint; empty: as its address says",
              "",
              List.of()),
          new SettingField(
              ACCESS_KEY_ID,
              "where the id of an access key is kept, as env:NAME or file:/path; empty: credentials"
                  + " are found as the AWS SDK always does",
              "",
              List.of()),
          new SettingField(
              SECRET_ACCESS_KEY,
              "where the secret of that access key is kept, as env:NAME or file:/path",
              "",
              List.of()));

  private static final Pattern AWS =
      Pattern.compile(
          "(?:sqs(?:-fips)?\\.)?([a-z]{2,}(?:-[a-z]+)+-\\d+)\\.(?:queue\\.)?"
              + "(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");
  private static final Pattern REGION_NAME = Pattern.compile("[a-z]{2,}(?:-[a-z]+)+-\\d+");
  private static final Pattern REFERENCE = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:/.+");

  /// @throws IllegalArgumentException when they do not fit together; the message is for people
  static QueueSettings of(Map<String, String> values) {
    String queueUrl = values.getOrDefault(QUEUE_URL, "").strip();
    URI queue = address(QUEUE_URL, queueUrl);
    if (queue.getPath() == null || !queue.getPath().matches("/.*[^/]")) {
      throw new IllegalArgumentException(
          QUEUE_URL + " " + queueUrl + " names no queue; it ends with the queue's name");
    }
    Matcher ofAws = AWS.matcher(queue.getHost());
    String region = values.getOrDefault(REGION, "").strip();
    if (region.isEmpty()) {
      if (!ofAws.matches()) {
        throw new IllegalArgumentException(
            "setting "
                + REGION
                + " is missing, and "
                + QUEUE_URL
                + " "
                + queueUrl
                + " names none; give the one of the queue's page in the AWS console (--set "
                + REGION
                + "=eu-central-1)");
      }
      region = ofAws.group(1);
    } else if (!REGION_NAME.matcher(region).matches()) {
      throw new IllegalArgumentException(
          REGION + " cannot be \"" + region + "\"; give one such as eu-central-1");
    }
    String endpoint = values.getOrDefault(ENDPOINT, "").strip();
    return new QueueSettings(
        queueUrl,
        region,
        endpoint.isEmpty()
            ? ofAws.matches() ? null : queue.resolve("/")
            : address(ENDPOINT, endpoint),
        keys(
            values.getOrDefault(ACCESS_KEY_ID, "").strip(),
            values.getOrDefault(SECRET_ACCESS_KEY, "").strip()));
  }

  private static @Nullable Keys keys(String id, String secret) {
    if (id.isEmpty() && secret.isEmpty()) {
      return null;
    }
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException(
          ACCESS_KEY_ID + " and " + SECRET_ACCESS_KEY + " go together; give both or none");
    }
    requireReference(ACCESS_KEY_ID, id);
    requireReference(SECRET_ACCESS_KEY, secret);
    return new Keys(id, secret);
  }

  /// Without the value, which may be the secret itself.
  private static void requireReference(String name, String value) {
    if (!REFERENCE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " is to say where it is kept, env:NAME or file:/path, never to be it");
    }
  }

  private static URI address(String name, String text) {
    try {
      URI address = new URI(text);
      if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for all.
    }
    throw new IllegalArgumentException(
        name + " \"" + text + "\" is no address; copy it from the queue's page in the AWS console");
  }
}
