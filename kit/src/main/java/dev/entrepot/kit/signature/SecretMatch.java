package dev.entrepot.kit.signature;

import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;

/// Finds the secret with which a delivery was signed. Signatures are compared in constant time.
public final class SecretMatch {
  private SecretMatch() {}

  /// @param secrets the valid ones, newest first; an empty one fits nothing
  /// @param presented the delivery's signatures, decoded; one that fits is enough
  /// @param expected what a secret would have signed the delivery with
  /// @param header the header's name, for the reason
  public static Verdict find(
      List<String> secrets,
      List<byte[]> presented,
      Function<String, byte[]> expected,
      String header) {
    if (secrets.isEmpty()) {
      return new Verdict.Forged(
          "the connection has no secret to check " + header + " with; add it");
    }
    for (int number = 0; number < secrets.size(); number++) {
      if (secrets.get(number).isEmpty()) {
        continue;
      }
      byte[] right = expected.apply(secrets.get(number));
      for (byte[] signature : presented) {
        if (MessageDigest.isEqual(right, signature)) {
          return new Verdict.Genuine(number);
        }
      }
    }
    return new Verdict.Forged(
        header
            + " fits none of the connection's "
            + secrets.size()
            + (secrets.size() == 1 ? " secret" : " secrets")
            + "; compare the secret with the sender's");
  }

  /// A secret as the bytes of its text, as most senders mean it.
  public static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
