package dev.entrepot.console.view;

/// A message about what has just been done, shown once above the page.
public record Flash(Tone tone, String text) {}
