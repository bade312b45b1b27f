package dev.entrepot.onboarding.tabular;

/// What a quote inside an unquoted value means, as in `27" monitor`.
public enum QuotePolicy {
  /// As RFC 4180 has it: the row is unreadable.
  STRICT,
  /// A character like any other.
  LITERAL
}
