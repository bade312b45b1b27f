package dev.entrepot.inbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PayloadPropertyTest {

  @Property
  void whatIsPackedComesBack(
      @ForAll("headers") Map<String, List<String>> headers, @ForAll @Size(max = 2000) byte[] body) {
    Payload payload = new Payload(new Headers(headers), Body.of(body));
    assertThat(Payload.unpack(payload.pack())).isEqualTo(payload);
  }

  @Property
  void damagedBytesAreRefusedOrReadAndNeverWorse(@ForAll @Size(max = 300) byte[] bytes) {
    try {
      assertThat(Payload.unpack(bytes)).isNotNull();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("payload");
    }
  }

  @Example
  void bodiesThatRepeatThemselvesShrink() {
    byte[] body = new byte[4096];
    Arrays.fill(body, (byte) 'a');
    assertThat(new Payload(Headers.NONE, Body.of(body)).pack()).hasSizeLessThan(100);
  }

  @Example
  void anUnknownFormIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Payload.unpack(new byte[] {42}))
        .withMessageContaining("form 42");
  }

  @Provide
  Arbitrary<Map<String, List<String>>> headers() {
    Arbitrary<String> name = Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(20);
    Arbitrary<String> value =
        Arbitraries.strings()
            .withCharRange('\u0000', '\uD7FF')
            .withCharRange('\uE000', '\uFFFF')
            .ofMaxLength(50);
    return Arbitraries.maps(name, value.list().ofMaxSize(3)).ofMaxSize(5);
  }
}
