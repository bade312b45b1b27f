package dev.entrepot.kit.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.UTF_8);

  /// RFC 4231, test case 2, and RFC 2202 for SHA-1.
  @Test
  void hmacsAreThoseOfTheStandards() {
    byte[] first = "what do ya want ".getBytes(StandardCharsets.UTF_8);
    byte[] second = "for nothing?".getBytes(StandardCharsets.UTF_8);

    assertThat(SignatureEncoding.HEX.encode(HashAlgorithm.SHA256.hmac(KEY, first, second)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(SignatureEncoding.HEX.encode(HashAlgorithm.SHA512.hmac(KEY, first, second)))
        .startsWith("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554");
    assertThat(SignatureEncoding.HEX.encode(HashAlgorithm.SHA1.hmac(KEY, first, second)))
        .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  }

  @Property(tries = 200)
  void whatWasEncodedDecodes(@ForAll byte[] bytes) {
    for (SignatureEncoding encoding : SignatureEncoding.values()) {
      if (bytes.length > 0 && bytes.length < 400) {
        assertThat(encoding.decode(" " + encoding.encode(bytes) + " ")).contains(bytes);
      }
    }
  }

  @Test
  void whatIsNoSignatureIsNone() {
    assertThat(SignatureEncoding.HEX.decode("abc")).isEmpty();
    assertThat(SignatureEncoding.HEX.decode("ABCD"))
        .contains(new byte[] {(byte) 0xab, (byte) 0xcd});
    assertThat(SignatureEncoding.HEX.decode("")).isEmpty();
    assertThat(SignatureEncoding.BASE64.decode("%%%")).isEmpty();
    assertThat(SignatureEncoding.BASE64.decode("A".repeat(5000))).isEmpty();
  }

  @Test
  void theSecretThatFitsIsTold() {
    List<byte[]> presented = List.of(new byte[] {9}, new byte[] {2});

    assertThat(SecretMatch.find(List.of("1", "2"), presented, SignatureTest::fake, "x"))
        .isEqualTo(new Verdict.Genuine(1));
    assertThat(SecretMatch.find(List.of("1"), presented, SignatureTest::fake, "x"))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(SecretMatch.find(List.of(""), presented, secret -> new byte[] {2}, "x"))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(SecretMatch.find(List.of(), presented, SignatureTest::fake, "x"))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void headersOfSchemesAreRead() {
    SchemeHeader header = SchemeHeader.parse("t=12, v0=a,v1=b,junk,v1=c", "v1").orElseThrow();

    assertThat(header.time().at()).isEqualTo(Instant.ofEpochSecond(12));
    assertThat(header.signatures()).containsExactly("b", "c");
    assertThat(SchemeHeader.parse("t=12", "v1")).isEmpty();
    assertThat(SchemeHeader.parse("v1=b", "v1")).isEmpty();
    assertThat(SchemeHeader.parse("t=-1,v1=b", "v1")).isEmpty();
    assertThat(SchemeHeader.parse("t=99999999999999999999,v1=b", "v1")).isEmpty();
    assertThat(header.text("v1")).isEqualTo("t=12,v1=b,v1=c");
  }

  /// Of two times, one might be what was signed and the other what is judged.
  @Test
  void aHeaderWithTwoTimesIsNone() {
    assertThat(SchemeHeader.parse("t=12,v1=b,t=13", "v1")).isEmpty();
    assertThat(SchemeHeader.parse("t=12, t=12,v1=b", "v1")).isEmpty();
    assertThat(SchemeHeader.parse("t=odd,t=12,v1=b", "v1")).isEmpty();
    assertThat(SchemeHeader.parse("t=12,v1=b" + ",v0=x".repeat(20) + ",t=13", "v1")).isEmpty();
  }

  @Test
  void timesGrowStaleBothWays() {
    SignedTime time = SignedTime.ofEpochSeconds("1000").orElseThrow();
    Duration window = Duration.ofMinutes(5);

    assertThat(time.stale(Instant.ofEpochSecond(1300), window)).isEmpty();
    assertThat(time.stale(Instant.ofEpochSecond(1301), window)).isPresent();
    assertThat(time.stale(Instant.ofEpochSecond(700), window)).isEmpty();
    assertThat(time.stale(Instant.ofEpochSecond(699), window)).isPresent();
  }

  private static byte[] fake(String secret) {
    return new byte[] {Byte.parseByte(secret)};
  }
}
