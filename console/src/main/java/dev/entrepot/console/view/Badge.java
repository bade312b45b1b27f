package dev.entrepot.console.view;

/// A state, shown as an icon and a word.
public record Badge(Tone tone, String label, Icon icon) {
  /// A badge with the tone's own icon.
  public static Badge of(Tone tone, String label) {
    return new Badge(tone, label, tone.icon());
  }
}
