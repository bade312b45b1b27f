package dev.entrepot.flow.mapping;

/// A check of a whole record.
///
/// @param expression CEL over `source` and `product`, true when all is well
/// @param message for people, when it is not
public record CheckRule(String expression, String message) {}
