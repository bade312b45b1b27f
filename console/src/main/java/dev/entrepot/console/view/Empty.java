package dev.entrepot.console.view;

import org.jspecify.annotations.Nullable;

/// What stands where there is nothing to show: why, and what to do about it.
public record Empty(Icon icon, String title, String text, @Nullable Action action) {
  /// An empty place without anything to do.
  public static Empty of(Icon icon, String title, String text) {
    return new Empty(icon, title, text, null);
  }
}
