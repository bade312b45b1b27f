package dev.entrepot.kit.outbound;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks a name up once and lets only permitted addresses through. The connection is made to the
/// very address that was judged, so a name that changes its address in between gains nothing.
final class GuardedResolver implements DnsResolver {

  /// The name leads where webhooks must not go.
  static final class RefusedAddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
      super(message);
    }
  }

  private final WebhookReach reach;

  GuardedResolver(WebhookReach reach) {
    this.reach = reach;
  }

  /// @throws RefusedAddressException when any of the name's addresses is not permitted
  /// @throws UncheckedIOException when there is no such name
  @Override
  public InetAddress resolveAddress(String name, DnsAddressLookup lookup) {
    try {
      InetAddress[] addresses = InetAddress.getAllByName(name);
      for (InetAddress address : addresses) {
        if (!reach.permits(address)) {
          throw new RefusedAddressException(
              name
                  + " leads to "
                  + address.getHostAddress()
                  + ", where webhooks may not go; give a public webhook address, or have private ones"
                  + " allowed in the settings");
        }
      }
      // With the name: TLS checks the certificate against it.
      return InetAddress.getByAddress(name, addresses[0].getAddress());
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
