package dev.entrepot.console.view;

/// A property and its value.
public record Fact(String label, Cell value) {}
