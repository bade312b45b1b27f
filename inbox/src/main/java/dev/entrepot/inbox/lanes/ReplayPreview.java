package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.Foreseeing;
import java.util.List;
import java.util.Map;

/// What a replay would do, found out by doing it in a transaction that was rolled back.
///
/// @param events how many would be replayed
/// @param tried the first of them, with which it was found out; the figures below are of these, the
///   erased ones among them aside
/// @param unreadable how many cannot be read
/// @param byHandler how many each handler would write, leave and so on
/// @param sample what would become of some of them
public record ReplayPreview(
    long events, int tried, int unreadable, Map<String, Figures> byHandler, List<Effect> sample) {
  public ReplayPreview {
    byHandler = Map.copyOf(byHandler);
    sample = List.copyOf(sample);
  }

  /// What a handler would do with how many events.
  public record Figures(int written, int unchanged, int notWanted, int later, int refused) {
    Figures with(Figures other) {
      return new Figures(
          written + other.written,
          unchanged + other.unchanged,
          notWanted + other.notWanted,
          later + other.later,
          refused + other.refused);
    }
  }

  /// What a handler would do with an event.
  ///
  /// @param code `w` written, `u` unchanged, `s` not wanted, `p` not now, `r` refused
  /// @param what in the handler's words
  /// @param changes the first fields that would change, as far as the handler can tell
  public record Effect(
      long position,
      String key,
      String handler,
      char code,
      String what,
      List<Foreseeing.FieldChange> changes) {
    public Effect {
      changes = List.copyOf(changes);
    }
  }
}
