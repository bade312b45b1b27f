package dev.entrepot.console.view;

import java.util.Locale;

/// How a state or message is to be felt. A tone never stands alone: an icon and a word go with it.
public enum Tone {
  /// Done, accepted, balanced.
  GOOD(Icon.CHECK),
  /// Failed, rejected, not balanced.
  BAD(Icon.CROSS),
  /// Wants a look, yet nothing is lost.
  WARN(Icon.ALERT),
  /// Work is going on.
  BUSY(Icon.BUSY),
  /// Waits for somebody.
  WAIT(Icon.CLOCK),
  /// Plain information.
  INFO(Icon.INFO),
  /// Neither good nor bad, and not urgent.
  QUIET(Icon.DASH);

  private final Icon icon;

  Tone(Icon icon) {
    this.icon = icon;
  }

  /// The icon that goes with the tone unless a better one is given.
  public Icon icon() {
    return icon;
  }

  /// The tone's name in class names of the stylesheet and in attributes.
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
