package dev.entrepot.inbox.lanes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// By what dead letters are grouped: those that failed alike have the same.
final class Cause {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern NUMBERED = Pattern.compile("[\\p{Alnum}/._-]*\\d[\\p{Alnum}/._-]*");
  private static final int DIGITS = 16;

  private Cause() {}

  static String of(Trouble trouble, String topic) {
    String alike =
        NUMBERED.matcher(QUOTED.matcher(trouble.reason()).replaceAll("…")).replaceAll("#");
    String all = String.join("\n", trouble.handler(), trouble.code(), topic, alike);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
