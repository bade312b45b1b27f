package dev.entrepot.connectors.sns;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a topic, as the API reference of Amazon SNS has it: names of up to 256 letters,
/// digits, `-` and `_`, with `.fifo` behind them for topics that keep an order.
///
/// @param text the whole of it
/// @param region where it lies, such as `eu-west-1`
record TopicArn(String text, String region) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws(?:-cn|-us-gov)?:sns:(?<region>[a-z]{2}(?:-[a-z]+)+-\\d):\\d{12}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?");

  static Optional<TopicArn> of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new TopicArn(text, form.group("region")))
        : Optional.empty();
  }

  boolean keepsOrder() {
    return text.endsWith(".fifo");
  }
}
