package dev.entrepot.kit.remote;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/// An address below a system's own, built from parts that are encoded here (RFC 3986).
public final class RemoteAddress {
  private static final String UNRESERVED = "-._~";
  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

  private final StringBuilder text;
  private boolean queried;

  private RemoteAddress(URI base) {
    this.text = new StringBuilder(base.toString());
  }

  /// @param base without a slash at its end
  public static RemoteAddress below(URI base) {
    return new RemoteAddress(base);
  }

  /// A path as it is, with a slash at its beginning.
  public RemoteAddress path(String path) {
    text.append(path);
    return this;
  }

  /// One more segment of the path, such as an id; slashes in it stay part of it.
  public RemoteAddress segment(String segment) {
    text.append('/').append(encode(segment));
    return this;
  }

  public RemoteAddress query(String name, String value) {
    text.append(queried ? '&' : '?').append(encode(name)).append('=').append(encode(value));
    queried = true;
    return this;
  }

  public RemoteAddress query(String name, long value) {
    return query(name, Long.toString(value));
  }

  public URI uri() {
    return URI.create(text.toString());
  }

  static String encode(String part) {
    StringBuilder encoded = new StringBuilder(part.length() + 16);
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(DIGITS[c >> 4]).append(DIGITS[c & 0xf]);
      }
    }
    return encoded.toString();
  }
}
