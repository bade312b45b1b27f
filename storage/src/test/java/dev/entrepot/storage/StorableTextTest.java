package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StorableTextTest {

  @Test
  void acceptsAllButNulAndUnpairedSurrogates() {
    for (String text : List.of("", "a", "é漢🐎", "\u0001\uFFFF\uFFFD", "🐎🐎")) {
      assertThat(StorableText.accepts(text)).isTrue();
      assertThat(StorableText.repair(text)).isSameAs(text);
    }
    for (String text : List.of("\0", "a\0", "\uD83D", "\uDE00", "🐎\uDE00", "\uD83D🐎")) {
      assertThat(StorableText.accepts(text)).isFalse();
      assertThat(StorableText.accepts(StorableText.repair(text))).isTrue();
    }
  }

  @Test
  void repairsOnlyWhatIsBroken() {
    assertThat(StorableText.repair("a\0🐎\uD83D\uD83D\uDE00\uDE00z"))
        .isEqualTo("a\uFFFD🐎\uFFFD\uD83D\uDE00\uFFFDz");
  }
}
