package dev.entrepot.onboarding.notices;

import java.util.Optional;
import java.util.UUID;

/// The secrets that sign webhooks which are no vendor's.
@FunctionalInterface
public interface OtherSecrets {
  /// A notice's secret in the form of Standard Webhooks (`whsec_…`); empty when it has none.
  ///
  /// @throws IllegalStateException when it is stored but cannot be opened
  Optional<String> of(UUID notice);

  /// There are none.
  static OtherSecrets none() {
    return _ -> Optional.empty();
  }
}
