package dev.entrepot.cli.terminal;

/// What a command prints on standard output.
public enum OutputFormat {
  /// For people.
  TEXT,
  /// For programs: one JSON document and nothing else.
  JSON
}
