package dev.entrepot.app.logging;

/// How a line of the log looks.
public enum LogFormat {
  /// For people.
  TEXT,
  /// One JSON object a line, for programs that collect logs, as [JsonLines] writes it.
  JSON
}
