package dev.entrepot.onboarding.mapping;

import dev.entrepot.onboarding.tabular.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// What makes two headers the same layout: the same column names, compared as [HeaderNames] does,
/// in any order. Mappings name columns, so their order does not matter.
final class LayoutFingerprint {
  private static final int LENGTH = 32;

  private LayoutFingerprint() {}

  /// 32 hexadecimal digits.
  static String of(List<String> header) {
    String names =
        header.stream().map(HeaderNames::normalise).sorted().collect(Collectors.joining("\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
