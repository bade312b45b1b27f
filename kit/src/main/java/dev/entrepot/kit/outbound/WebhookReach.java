package dev.entrepot.kit.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which addresses webhooks may be posted to. A webhook's URL is chosen by people outside the
/// house; without a limit it would let them post into the network this program runs in.
public enum WebhookReach {
  /// Only addresses of the public Internet, only `https`.
  PUBLIC,
  /// Private and loopback addresses as well, though never link-local ones, and plain `http` to
  /// loopback: for trials, and for receivers in the own network where everybody who gives addresses
  /// is trusted.
  PRIVATE_TOO;

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
  private static final String OR_ALLOW =
      ". For trials with receivers in your own network, start the server with"
          + " --webhook-reach private-too";
  private static final int LONGEST_URL = 2_000;

  /// Where clouds have their instance metadata outside of the link-local addresses: AWS, Alibaba,
  /// Oracle.
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("fd00:ec2::254"),
          InetAddress.ofLiteral("100.100.100.200"),
          InetAddress.ofLiteral("192.0.0.192"));

  /// Why a URL cannot be posted to, for the person who gave it; empty: it can, as far as can be
  /// told without looking its name up. Names are judged again at every attempt.
  public Optional<String> objection(URI url) {
    String host = url.getHost();
    if (host == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null
        || url.toString().length() > LONGEST_URL) {
      return Optional.of(
          ("\"%s\" is not a webhook address; give one like https://example.com/hooks, at most 2000"
                  + " characters, without user name or #")
              .formatted(url));
    }
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    boolean plainLoopback =
        "http".equalsIgnoreCase(url.getScheme())
            && this == PRIVATE_TOO
            && LOOPBACK.matcher(host).matches();
    if (!secure && !plainLoopback) {
      return Optional.of(
          "the webhook address \"%s\" is not safe to post to; give an https one%s"
              .formatted(url, LOOPBACK.matcher(host).matches() ? OR_ALLOW : ""));
    }
    if (!reachable(host)) {
      return Optional.of(
          "the webhook address \"%s\" is not on the public Internet; give one that is%s"
              .formatted(url, OR_ALLOW));
    }
    return Optional.empty();
  }

  private boolean reachable(String host) {
    try {
      return permits(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException notAnAddress) {
      return this == PRIVATE_TOO || !LOOPBACK.matcher(host).matches();
    }
  }

  /// Whether an address, after its name was resolved, may be posted to.
  public boolean permits(InetAddress address) {
    return switch (this) {
      case PUBLIC -> isPublic(address);
      case PRIVATE_TOO ->
          !address.isMulticastAddress() && !address.isAnyLocalAddress() && !givesSecrets(address);
    };
  }

  /// Link-local addresses, and those at which clouds tell whoever asks from within what is secret
  /// of the machine.
  private static boolean givesSecrets(InetAddress address) {
    if (address.isLinkLocalAddress() || METADATA.contains(address)) {
      return true;
    }
    byte[] carried = address instanceof Inet6Address ? carriedAddress(address.getAddress()) : null;
    try {
      return carried != null && givesSecrets(InetAddress.getByAddress(carried));
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address four -> isPublic4(four.getAddress());
      case Inet6Address six -> isPublic6(six.getAddress());
      default -> false;
    };
  }

  // The special-purpose blocks of RFC 6890 and its registry that InetAddress does not know.
  private static boolean isPublic4(byte[] address) {
    int first = address[0] & 0xff;
    int second = address[1] & 0xff;
    int third = address[2] & 0xff;
    boolean thisNetwork = first == 0;
    boolean carrierNat = first == 100 && (second & 0xc0) == 64;
    boolean protocol = first == 192 && second == 0 && (third == 0 || third == 2);
    boolean relay = first == 192 && second == 88 && third == 99;
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    boolean example =
        (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    boolean reserved = first >= 240;
    return !(thisNetwork || carrierNat || protocol || relay || benchmark || example || reserved);
  }

  // Only global unicast, 2000::/3, and the translation prefix; addresses that carry an IPv4 address
  // are as public as that one.
  private static boolean isPublic6(byte[] address) {
    byte[] carried = carriedAddress(address);
    if (carried != null) {
      try {
        return isPublic(InetAddress.getByAddress(carried));
      } catch (UnknownHostException e) {
        return false;
      }
    }
    boolean globalUnicast = (address[0] & 0xe0) == 0x20;
    boolean protocol =
        address[0] == 0x20 && address[1] == 0x01 && (address[2] & 0xfe) == 0; // 2001::/23
    boolean example =
        startsWith(address, 0x20, 0x01, 0x0d, 0xb8) || startsWith(address, 0x3f, 0xff);
    return globalUnicast && !protocol && !example;
  }

  private static byte @Nullable [] carriedAddress(byte[] address) {
    if (startsWith(address, 0x20, 0x02)) { // 6to4, RFC 3056
      return Arrays.copyOfRange(address, 2, 6);
    }
    if (startsWith(address, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) { // RFC 6052
      return Arrays.copyOfRange(address, 12, 16);
    }
    return null;
  }

  private static boolean startsWith(byte[] address, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((address[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
