package dev.entrepot.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTest {
  @Test
  void breaksBetweenWordsAndWithinLongOnes() {
    assertThat(Wrapped.lines("a few words", 20)).containsExactly("a few words");
    assertThat(Wrapped.lines("a few words", 6)).containsExactly("a few", "words");
    assertThat(Wrapped.lines("a few words", 5)).containsExactly("a few", "words");
    assertThat(Wrapped.lines("abcdefgh", 3)).containsExactly("abc", "def", "gh");
    assertThat(Wrapped.lines("GET https://a.example", 12))
        .containsExactly("GET https://", "a.example");
    assertThat(Wrapped.lines("", 3)).containsExactly("");
  }

  @Test
  void breaksBetweenCharactersNotInsideThem() {
    assertThat(Wrapped.lines("😀😀😀", 2)).containsExactly("😀😀", "😀");
  }
}
