package dev.entrepot.simulators.remote;

import java.util.Locale;

/// What a write did to the thing it was about.
public enum Effect {
  CREATED,
  UPDATED,
  /// It was held already, with the very same contents: nothing moved.
  UNCHANGED;

  /// In lower case, as answers say it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
