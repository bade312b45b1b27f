package dev.entrepot.kit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
  private static final String SECRET = "k/9+\"x y";
  private final SecretMask mask = SecretMask.of(List.of(SECRET, "abc"));

  @Test
  void hidesEveryForm() {
    assertThat(mask.hide("a " + SECRET + " b")).isEqualTo("a *** b");
    assertThat(mask.hide("?k=k%2F9%2B%22x%20y&l=k%2F9%2B%22x+y")).isEqualTo("?k=***&l=***");
    assertThat(mask.hide("{\"k\":\"k/9+\\\"x y\"}")).isEqualTo("{\"k\":\"***\"}");
  }

  @Test
  void leavesShortTextsThatAreNoSecretsToAnybody() {
    assertThat(mask.hide("abc")).isEqualTo("abc");
  }

  @Property
  void noPartOfASecretIsLeftAtTheCut(@ForAll @IntRange(min = 1, max = 60) int most) {
    String text = "x".repeat(10) + SECRET + "y".repeat(5) + SECRET + SECRET + "z".repeat(30);
    String hidden = mask.hide(text, most);
    assertThat(hidden.replace("***", "")).matches("[xyz]*…?");
  }
}
