package dev.entrepot.inbox.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TroubleTest {
  @Test
  void isCutBetweenCharacters() {
    Trouble trouble = new Trouble("h\ud800", "C\0", "x".repeat(1_999) + "\ud83d\ude00");
    assertThat(trouble.reason()).isEqualTo("x".repeat(1_999) + "…");
    assertThat(trouble.handler()).isEqualTo("h\ufffd");
    assertThat(trouble.code()).isEqualTo("C\ufffd");
  }

  @Test
  void keepsWhatFits() {
    String longest = "x".repeat(1_998) + "\ud83d\ude00";
    assertThat(new Trouble("h", "C", longest).reason()).isEqualTo(longest);
    assertThat(new Trouble("h", "C", longest + "y").reason()).isEqualTo(longest + "…");
  }
}
