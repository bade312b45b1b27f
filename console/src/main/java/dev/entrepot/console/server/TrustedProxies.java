package dev.entrepot.console.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The proxies in front of the server whose word on the client's address counts. Immutable.
public final class TrustedProxies {
  private record Network(InetAddress base, int bits) {
    boolean contains(byte[] other) {
      byte[] address = base.getAddress();
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /// @param networks addresses or networks, for example `127.0.0.1` and `10.0.0.0/8`
  /// @throws IllegalArgumentException naming the entry that is neither
  public static TrustedProxies of(List<String> networks) {
    List<Network> parsed = new ArrayList<>();
    for (String text : networks) {
      int slash = text.indexOf('/');
      try {
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int most = address.getAddress().length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
          throw new IllegalArgumentException("prefix length out of range");
        }
        parsed.add(new Network(address, bits));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is not an address or network; write it like 10.0.0.0/8", e);
      }
    }
    return new TrustedProxies(List.copyOf(parsed));
  }

  /// The client's address: the peer's own, or, when the peer is a trusted proxy, the last address
  /// in `X-Forwarded-For` that is not one.
  String client(String peer, List<String> forwardedFor) {
    String client = peer;
    for (int i = forwardedFor.size() - 1; i >= 0 && trusts(client); i--) {
      String next = forwardedFor.get(i).strip();
      if (!literal(next)) {
        break;
      }
      client = next;
    }
    return client;
  }

  boolean trusts(String address) {
    if (!literal(address)) {
      return false;
    }
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    return networks.stream().anyMatch(network -> network.contains(bytes));
  }

  private static boolean literal(String address) {
    try {
      return !InetAddress.ofLiteral(address).getHostAddress().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
