package dev.entrepot.spi.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One setting of a connection; validation, help and forms derive from it.
///
/// @param name in kebab-case
/// @param fallback its value when none is given; null: it must be given
/// @param choices the values it may have; empty: any text
public record SettingField(
    String name, String description, @Nullable String fallback, List<String> choices) {
  public SettingField {
    choices = List.copyOf(choices);
    if (fallback != null && !choices.isEmpty() && !choices.contains(fallback)) {
      throw new IllegalArgumentException(fallback + " is no choice of setting " + name);
    }
  }
}
