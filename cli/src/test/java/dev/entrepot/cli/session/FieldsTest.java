package dev.entrepot.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FieldsTest {
  private static final String CLIENT =
      """
      {"client_id": "acme", "enabled": true, "problem": null, "tags": ["a", "b"],
       "config": {"product": {"base_url": "https://kong.example.com", "headers": {}}},
       "latest_run": {"reason": "one two three four five six seven eight",
                      "steps": [{"step": "a", "calls": 1}, {"step": "b", "calls": 2}], "none": []}}
      """;

  @Test
  void whatIsWithinAFieldStandsBelowItFurtherIn() {
    assertThat(Fields.lines(JsonMapper.shared().readTree(CLIENT), Integer.MAX_VALUE))
        .containsExactly(
            "client id  acme",
            "enabled    true",
            "problem",
            "tags       a, b",
            "config",
            "  product",
            "    base url  https://kong.example.com",
            "    headers",
            "latest run",
            "  reason  one two three four five six seven eight",
            "  steps",
            "    - step   a",
            "      calls  1",
            "    - step   b",
            "      calls  2",
            "  none");
  }

  @Test
  void longValuesGoOnInTheNextLine() {
    assertThat(Fields.lines(JsonMapper.shared().readTree(CLIENT), 32))
        .containsSubsequence(
            "  reason  one two three four", "          five six seven eight", "  steps");
  }

  @Test
  void aCellNeverMovesTheCursor() {
    assertThat(Fields.lines(JsonMapper.shared().readTree("{\"a\\u001b\": \"x\\ny\"}"), 40))
        .containsExactly("a   x y");
  }
}
