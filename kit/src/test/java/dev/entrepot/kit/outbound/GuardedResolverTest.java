package dev.entrepot.kit.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.webclient.api.DnsAddressLookup;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class GuardedResolverTest {
  @Test
  void theAddressThatWasJudgedIsTheOneThatIsUsed() {
    GuardedResolver resolver = new GuardedResolver(WebhookReach.PRIVATE_TOO);
    InetAddress address = resolver.resolveAddress("localhost", DnsAddressLookup.IPV4_PREFERRED);
    assertThat(address.isLoopbackAddress()).isTrue();
    assertThat(address.getHostName()).isEqualTo("localhost");
    assertThatExceptionOfType(GuardedResolver.RefusedAddressException.class)
        .isThrownBy(() ->
            new GuardedResolver(WebhookReach.PUBLIC)
                .resolveAddress("localhost", DnsAddressLookup.IPV4_PREFERRED));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () -> resolver.resolveAddress("nowhere.invalid", DnsAddressLookup.IPV4_PREFERRED));
  }
}
