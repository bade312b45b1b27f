package dev.entrepot.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientNetworkTest {
  @Test
  void addressesOfOneSubscriberCountTogether() {
    String network = ClientNetwork.of("2001:db8:1:2::1");
    assertThat(network).isEqualTo("2001:db8:1:2:0:0:0:0/64");
    assertThat(ClientNetwork.of("2001:db8:1:2:ffff:ffff:ffff:ffff")).isEqualTo(network);
    assertThat(ClientNetwork.of("2001:0DB8:1:2::a%eth0")).isEqualTo(network);
    assertThat(ClientNetwork.of("2001:db8:1:3::1")).isNotEqualTo(network);
  }

  @Test
  void addressesOfIpv4CountEachByItself() {
    assertThat(ClientNetwork.of("192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(ClientNetwork.of("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @Test
  void whatIsNoAddressStandsForItself() {
    assertThat(ClientNetwork.of("unknown")).isEqualTo("unknown");
    assertThat(ClientNetwork.of("")).isEmpty();
  }
}
