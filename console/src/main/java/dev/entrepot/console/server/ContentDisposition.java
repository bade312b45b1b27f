package dev.entrepot.console.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The header that tells a browser to save a file, and under which name (RFC 6266).
final class ContentDisposition {
  private static final String UNRESERVED = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  static String attachment(String fileName) {
    StringBuilder plain = new StringBuilder();
    fileName
        .codePoints()
        .forEach(c -> plain.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '_' : (char) c));
    String header = "attachment; filename=\"" + plain + "\"";
    return fileName.contentEquals(plain)
        ? header
        : header + "; filename*=UTF-8''" + encoded(fileName);
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
