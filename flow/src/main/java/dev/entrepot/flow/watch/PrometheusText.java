package dev.entrepot.flow.watch;

import java.util.Map;

/// Writes figures in the text format of Prometheus 0.0.4, the only place that does. Names are the
/// caller's constants; values of labels may be anything. For one thread.
public final class PrometheusText {
  /// What HTTP calls it.
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// What kind of figure it is.
  public enum Kind {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram"),
    SUMMARY("summary");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  private final StringBuilder text = new StringBuilder();

  /// Begins with another figure; its samples follow.
  ///
  /// @param help in a sentence
  public PrometheusText figure(String name, Kind kind, String help) {
    text.append("# HELP ").append(name).append(' ').append(line(help)).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(kind.word).append('\n');
    return this;
  }

  /// @param labels in the order of the map
  public PrometheusText sample(String name, Map<String, String> labels, double value) {
    return sample(name, labels, number(value));
  }

  /// @param labels in the order of the map
  public PrometheusText sample(String name, Map<String, String> labels, long value) {
    return sample(name, labels, String.valueOf(value));
  }

  private PrometheusText sample(String name, Map<String, String> labels, String value) {
    text.append(name);
    String before = "{";
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text.append(before).append(label.getKey()).append("=\"");
      text.append(line(label.getValue()).replace("\"", "\\\"")).append('"');
      before = ",";
    }
    text.append(labels.isEmpty() ? " " : "} ").append(value).append('\n');
    return this;
  }

  /// As the format writes it, such as `0.25`, `3` or `+Inf`.
  public static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static String line(String words) {
    return words.replace("\\", "\\\\").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
