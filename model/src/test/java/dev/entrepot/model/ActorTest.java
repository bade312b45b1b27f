package dev.entrepot.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActorTest {
  @Test
  void referencesAreReadAsWords() {
    assertThat(Actor.inWords(new Actor(Actor.Kind.API_KEY, "local").reference()))
        .isEqualTo("API key local");
    assertThat(Actor.inWords("user:anna@example.com")).isEqualTo("anna@example.com");
    assertThat(Actor.inWords(Actor.system("clock").reference())).isEqualTo("Entrepot (clock)");
    assertThat(Actor.inWords("anna")).isEqualTo("anna");
  }

  @Test
  void booksAreWrittenAsTheSumTheyAre() {
    assertThat(new Books(6, 2, 1, 3, 0, 0).toString())
        .isEqualTo("6 received = 2 written + 1 unchanged + 3 rejected + 0 skipped + 0 pending");
  }
}
