package dev.entrepot.console.view;

import org.jspecify.annotations.Nullable;

/// A step of the way to the page.
///
/// @param href where the step leads, or null for the page itself
public record Crumb(String label, @Nullable String href) {
  /// The last step, which is the page itself.
  public static Crumb here(String label) {
    return new Crumb(label, null);
  }
}
