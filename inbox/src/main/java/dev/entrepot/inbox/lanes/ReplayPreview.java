package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.Foreseeing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a replay would do, found out by doing it in a transaction that was rolled back.
///
/// @param events how many would be replayed
/// @param tried the first of them, with which it was found out; the figures below are of these, the
///   erased ones among them aside
/// @param unreadable how many cannot be read
/// @param byHandler how many each handler would write, leave and so on
/// @param sample what would become of some of them
/// @param skipped those that fit, but somebody skipped as dead letters
/// @param parked those that would wait, for somebody holds their key
public record ReplayPreview(
    long events,
    int tried,
    int unreadable,
    Map<String, Figures> byHandler,
    List<Effect> sample,
    Skipped skipped,
    Parked parked) {
  public ReplayPreview {
    byHandler = Map.copyOf(byHandler);
    sample = List.copyOf(sample);
  }

  ReplayPreview with(Skipped left, Parked held) {
    return new ReplayPreview(events, tried, unreadable, byHandler, sample, left, held);
  }

  /// Events that somebody skipped.
  ///
  /// @param handedOn whether they are asked for, and among the events of the replay
  /// @param sample the first ones
  public record Skipped(long events, boolean handedOn, List<SkippedEvent> sample) {
    static final Skipped NONE = new Skipped(0, false, List.of());

    public Skipped {
      sample = List.copyOf(sample);
    }
  }

  /// An event with the dead letter that was skipped last.
  public record SkippedEvent(
      long position,
      String key,
      long letter,
      @Nullable String by,
      @Nullable Instant at,
      @Nullable String reason) {}

  /// Events of the replay whose keys are held.
  ///
  /// @param sample the first keys
  public record Parked(long events, int keys, List<ParkedKey> sample) {
    static final Parked NONE = new Parked(0, 0, List.of());

    public Parked {
      sample = List.copyOf(sample);
    }
  }

  /// A key that somebody holds, or a dead letter.
  public record ParkedKey(String tenant, String key, String by, String reason, Instant since) {}

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
