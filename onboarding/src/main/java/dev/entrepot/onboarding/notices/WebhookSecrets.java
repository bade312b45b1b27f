package dev.entrepot.onboarding.notices;

import java.util.Optional;

/// The secrets that sign webhooks.
@FunctionalInterface
public interface WebhookSecrets {
  /// A vendor's secret in the form of Standard Webhooks (`whsec_…`); empty when it has none.
  ///
  /// @throws IllegalStateException when it is stored but cannot be opened
  Optional<String> of(String vendor);
}
