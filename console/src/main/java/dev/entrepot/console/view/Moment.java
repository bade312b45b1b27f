package dev.entrepot.console.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened, in the story of a record, a product or an upload.
///
/// @param by who did it, or null when nobody in particular
/// @param text more about it, or null
/// @param changes the fields that changed
/// @param href where more can be read, or null
public record Moment(
    Instant at,
    String title,
    Tone tone,
    Icon icon,
    @Nullable String by,
    @Nullable String text,
    List<Change> changes,
    @Nullable String href) {
  public Moment {
    changes = List.copyOf(changes);
  }

  /// A moment of which only the title is known.
  public static Moment of(Instant at, Tone tone, String title) {
    return new Moment(at, title, tone, tone.icon(), null, null, List.of(), null);
  }
}
