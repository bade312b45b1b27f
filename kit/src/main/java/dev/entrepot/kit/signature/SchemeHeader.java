package dev.entrepot.kit.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A signature header of the form `t=1700000000,v1=…,v1=…`, as Stripe and Recharge have it. It has
/// one time: of two, one might be what was signed and the other what is judged.
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
  /// @return empty when there is no time, more than one, no signature of that scheme, or too much
  public static Optional<SchemeHeader> parse(String header, String scheme) {
    String[] parts = header.split(",", MOST_PARTS + 1);
    if (parts.length > MOST_PARTS) {
      return Optional.empty();
    }
    List<String> times = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = part.substring(0, equals).strip();
      String value = part.substring(equals + 1).strip();
      if (name.equals("t")) {
        times.add(value);
      } else if (name.equals(scheme)) {
        signatures.add(value);
      }
    }
    return times.size() != 1 || signatures.isEmpty()
        ? Optional.empty()
        : SignedTime.ofEpochSeconds(times.getFirst())
            .map(time -> new SchemeHeader(time, signatures));
  }

  /// As a sender would write it, without anything else that stood there.
  ///
  /// @param scheme under which the signatures stand
  public String text(String scheme) {
    StringBuilder text = new StringBuilder("t=").append(time.text());
    signatures.forEach(signature -> text.append(',').append(scheme).append('=').append(signature));
    return text.toString();
  }
}
