package dev.entrepot.kit.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signature header of the form `t=1700000000,v1=…,v1=…`, as Stripe and Recharge have it.
///
/// @param time under `t`
/// @param signatures all under the scheme asked for
public record SchemeHeader(SignedTime time, List<String> signatures) {
  // Headers are bounded by the server; this bounds the work per delivery.
  private static final int MOST_PARTS = 16;

  public SchemeHeader {
    signatures = List.copyOf(signatures);
  }

  /// @param scheme such as `v1`; others are ignored
  /// @return empty when there is no time or no signature of that scheme
  public static Optional<SchemeHeader> parse(String header, String scheme) {
    @Nullable SignedTime time = null;
    List<String> signatures = new ArrayList<>();
    for (String part : header.split(",", MOST_PARTS)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = part.substring(0, equals).strip();
      String value = part.substring(equals + 1).strip();
      if (name.equals("t")) {
        time = SignedTime.ofEpochSeconds(value).orElse(null);
      } else if (name.equals(scheme)) {
        signatures.add(value);
      }
    }
    return time == null || signatures.isEmpty()
        ? Optional.empty()
        : Optional.of(new SchemeHeader(time, signatures));
  }
}
