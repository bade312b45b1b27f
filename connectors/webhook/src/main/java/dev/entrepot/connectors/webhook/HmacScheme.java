package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.signature.HashAlgorithm;
import dev.entrepot.kit.signature.SecretMatch;
import dev.entrepot.kit.signature.SignatureEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// How a sender signs with a plain HMAC.
///
/// @param header where the signature stands
/// @param prefix before it, such as `sha256=`
/// @param timestampHeader where the time stands that is signed as `time.body`; empty: the body
///   alone is signed
/// @param window how far that time may be from ours
record HmacScheme(
    String header,
    HashAlgorithm algorithm,
    SignatureEncoding encoding,
    String prefix,
    String timestampHeader,
    Duration window) {

  /// @throws IllegalArgumentException when a setting is not right
  static HmacScheme of(Map<String, String> values) {
    String header = values.getOrDefault("signature-header", "").strip();
    if (header.isEmpty()) {
      throw new IllegalArgumentException(
          "setting signature-header is empty; give the header in which the sender signs");
    }
    String tolerance = values.getOrDefault("tolerance", "300").strip();
    if (!tolerance.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException(
          "setting tolerance is \"" + tolerance + "\"; give seconds, from 1 to 9999999");
    }
    return new HmacScheme(
        header,
        HashAlgorithm.valueOf(values.getOrDefault("algorithm", "sha256").toUpperCase(Locale.ROOT)),
        SignatureEncoding.valueOf(values.getOrDefault("encoding", "hex").toUpperCase(Locale.ROOT)),
        values.getOrDefault("prefix", ""),
        values.getOrDefault("timestamp-header", "").strip(),
        Duration.ofSeconds(Long.parseLong(tolerance)));
  }

  boolean timed() {
    return !timestampHeader.isEmpty();
  }

  /// @param time as the header has it; ignored when the body alone is signed
  byte[] sign(String secret, String time, byte[] body) {
    byte[] key = SecretMatch.bytes(secret);
    return timed()
        ? algorithm.hmac(key, (time + ".").getBytes(StandardCharsets.UTF_8), body)
        : algorithm.hmac(key, body);
  }
}
