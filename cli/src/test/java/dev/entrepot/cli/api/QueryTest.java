package dev.entrepot.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void everythingIsEncoded() {
    assertThat(
            Query.of("/trace")
                .segment("A/B 1?ü")
                .with("q", "a&b=c d")
                .with("state", null)
                .with("limit", 5))
        .hasToString("/trace/A%2FB%201%3F%C3%BC?q=a%26b%3Dc%20d&limit=5");
  }
}
