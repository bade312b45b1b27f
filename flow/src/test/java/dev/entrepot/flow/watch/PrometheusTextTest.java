package dev.entrepot.flow.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

  @Test
  void writesFiguresAndSamples() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("client_id", "acme");
    labels.put("le", PrometheusText.number(Double.POSITIVE_INFINITY));
    assertThat(
            new PrometheusText()
                .figure("calls_total", PrometheusText.Kind.COUNTER, "Calls.")
                .sample("calls_total", labels, 3)
                .sample("calls_total", Map.of(), 0.25))
        .hasToString(
            """
            # HELP calls_total Calls.
            # TYPE calls_total counter
            calls_total{client_id="acme",le="+Inf"} 3
            calls_total 0.25
            """);
  }

  @Test
  void escapesWhatPeopleNameThings() {
    assertThat(
            new PrometheusText()
                .figure("n", PrometheusText.Kind.GAUGE, "one\\two\nthree")
                .sample("n", Map.of("name", "a \"b\" \\ c\nd"), 1.0))
        .hasToString(
            """
            # HELP n one\\\\two\\nthree
            # TYPE n gauge
            n{name="a \\"b\\" \\\\ c\\nd"} 1
            """);
  }
}
