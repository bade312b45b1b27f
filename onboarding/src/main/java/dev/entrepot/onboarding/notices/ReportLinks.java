package dev.entrepot.onboarding.notices;

import java.net.URI;
import java.util.UUID;

/// Addresses that notices lead to, as a reader outside can open them.
public interface ReportLinks {
  /// The file of an upload's rejected rows, signed and good for 7 days from now, for readers who
  /// are not signed in.
  URI errorReport(UUID upload);

  /// The upload's page, for readers who sign in.
  URI uploadPage(UUID upload);
}
