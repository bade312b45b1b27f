package dev.entrepot.onboarding.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Absolute `http` and `https` addresses with a host. Made for the hot path: looks at every
/// character once.
final class ImageUrl {
  private static final int LONGEST = 2048;

  private ImageUrl() {}

  /// What is wrong with the address, to follow its name; null when it is right.
  static @Nullable String fault(String url) {
    if (url.length() > LONGEST) {
      return "has more than " + LONGEST + " characters";
    }
    int host = afterScheme(url);
    if (host < 0) {
      return "is not an absolute http or https address";
    }
    int end = host;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    if (!isAuthority(url, host, end)) {
      return "has no valid host";
    }
    for (int i = end; i < url.length(); i++) {
      if (!isAllowed(url, i)) {
        return url.charAt(i) == ' '
            ? "has a space in it (write it as %20)"
            : "has a character that addresses cannot have";
      }
    }
    return null;
  }

  /// The address with what is usually missing, if that makes it right.
  static @Nullable String guess(String url) {
    if (url.length() > LONGEST) {
      return null;
    }
    String guess = url.strip().replace(" ", "%20");
    if (guess.startsWith("//")) {
      guess = "https:" + guess;
    } else if (guess.toLowerCase(Locale.ROOT).startsWith("www.")) {
      guess = "https://" + guess;
    }
    return fault(guess) == null ? guess : null;
  }

  private static int afterScheme(String url) {
    if (url.regionMatches(true, 0, "https://", 0, 8)) {
      return 8;
    }
    return url.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
  }

  private static boolean isAuthority(String url, int from, int to) {
    int end = to;
    int colon = url.lastIndexOf(':', to - 1);
    if (colon >= from && url.charAt(to - 1) != ']') {
      if (!isPort(url, colon + 1, to)) {
        return false;
      }
      end = colon;
    }
    if (end - from > 2 && url.charAt(from) == '[' && url.charAt(end - 1) == ']') {
      return isAddress(url, from + 1, end - 1);
    }
    return isName(url, from, end);
  }

  private static boolean isPort(String url, int from, int to) {
    if (to - from < 1 || to - from > 5) {
      return false;
    }
    int port = 0;
    for (int i = from; i < to; i++) {
      char c = url.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + (c - '0');
    }
    return port <= 65_535;
  }

  /// An IPv6 address, roughly: its characters and at least two colons.
  private static boolean isAddress(String url, int from, int to) {
    int colons = 0;
    for (int i = from; i < to; i++) {
      char c = url.charAt(i);
      if (c == ':') {
        colons++;
      } else if (c != '.' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return colons >= 2;
  }

  private static boolean isName(String url, int from, int to) {
    if (from >= to || url.charAt(from) == '.' || url.charAt(from) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = url.charAt(i);
      boolean dot = c == '.';
      if (!dot && c != '-' && c != '_' && !Character.isLetterOrDigit(c)) {
        return false;
      }
      if (dot && url.charAt(i - 1) == '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(String url, int at) {
    char c = url.charAt(at);
    if (c == '%') {
      return at + 2 < url.length()
          && Character.digit(url.charAt(at + 1), 16) >= 0
          && Character.digit(url.charAt(at + 2), 16) >= 0;
    }
    if (c < 0x80) {
      return c > ' ' && c != 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
    }
    return !Character.isSpaceChar(c) && !Character.isISOControl(c);
  }
}
