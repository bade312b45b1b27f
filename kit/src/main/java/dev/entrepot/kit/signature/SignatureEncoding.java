package dev.entrepot.kit.signature;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// How a signature is written in a header.
public enum SignatureEncoding {
  HEX,
  BASE64;

  // A decoder refuses texts that are absurdly long for a signature.
  private static final int LONGEST = 1024;

  public String encode(byte[] signature) {
    return switch (this) {
      case HEX -> HexFormat.of().formatHex(signature);
      case BASE64 -> Base64.getEncoder().encodeToString(signature);
    };
  }

  /// @param text as it stood in the header; hexadecimal digits in any case
  /// @return empty when it is not written this way
  public Optional<byte[]> decode(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (this) {
            case HEX -> HexFormat.of().parseHex(trimmed);
            case BASE64 -> base64(trimmed);
          });
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  // The decoder overlooks stray bits in the last character; a signature has but one form.
  private static byte[] base64(String text) {
    byte[] decoded = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(decoded).equals(text)) {
      throw new IllegalArgumentException("not in canonical form");
    }
    return decoded;
  }
}
