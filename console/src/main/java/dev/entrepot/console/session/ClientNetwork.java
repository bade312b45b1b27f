package dev.entrepot.console.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// For whom failures and floods are counted: an IPv4 address, or the first 64 bits of an IPv6
/// address, for that is what one subscriber is given at the least (RFC 6177).
public final class ClientNetwork {
  private static final int PREFIX_BYTES = 8;

  private ClientNetwork() {}

  /// @param address as the socket or a trusted proxy tells it; what is no address stands for itself
  public static String of(String address) {
    int zone = address.indexOf('%');
    try {
      InetAddress literal = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
      if (literal instanceof Inet6Address) {
        byte[] bytes = literal.getAddress();
        Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
        return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
      }
      return literal.getHostAddress();
    } catch (IllegalArgumentException | UnknownHostException e) {
      return address;
    }
  }
}
