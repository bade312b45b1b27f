package dev.entrepot.spi.feed;

import dev.entrepot.spi.event.SettingField;
import java.util.List;
import java.util.Map;

/// A way of fetching events. Found by `java.util.ServiceLoader`: a connector names its factory in
/// `META-INF/services`. Safe for use by many threads. Making one must be cheap: every program makes
/// all of them, most never open any.
public interface EventFeedFactory {

  /// Its name, in kebab-case. Never changes.
  String name();

  /// Settings of a connection that fetches by it, besides those of its kind of sender.
  List<SettingField> settings();

  /// Looks whether settings fit together, without asking anybody.
  ///
  /// @param values by name, validated against [#settings], fallbacks filled in
  /// @throws IllegalArgumentException when they do not; the message is for people
  void check(Map<String, String> values);

  /// Makes ready to fetch.
  ///
  /// @param values that passed [#check]
  /// @throws FeedException when that cannot be, such as for want of credentials
  EventFeed open(Map<String, String> values, SecretReader secrets);
}
