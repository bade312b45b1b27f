package dev.entrepot.spi.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kind of sender. Found by `java.util.ServiceLoader`: a connector names its factory in
/// `META-INF/services`. Safe for use by many threads.
public interface EventSourceFactory {

  /// Its name in connections, in kebab-case, such as `shopify`. Never changes.
  String kind();

  /// Its name for people, such as `Shopify`.
  String title();

  /// How a secret comes about, for the person who must enter it; empty when this kind is unsigned.
  String secretHint();

  /// Whether connections need a secret.
  default boolean signed() {
    return !secretHint().isEmpty();
  }

  List<SettingField> settings();

  /// The setting that names the account by which keys are made, where the events do not; empty:
  /// they always do. It must be one of [#settings].
  default Optional<String> accountSetting() {
    return Optional.empty();
  }

  /// A source with a connection's settings.
  ///
  /// @param values of the settings by name, validated against [#settings], fallbacks filled in
  /// @throws IllegalArgumentException when they do not fit together; the message is for people
  EventSource open(Map<String, String> values);

  /// A sample delivery, signed with the secret as this sender would, for a connection's test.
  ///
  /// @param number makes it another event than those before
  Delivery sample(Map<String, String> values, String secret, long number, java.time.Instant now);
}
