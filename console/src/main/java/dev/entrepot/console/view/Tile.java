package dev.entrepot.console.view;

import org.jspecify.annotations.Nullable;

/// One figure with its name.
///
/// @param value the figure as shown, see [Figures]
/// @param note what puts the figure into proportion, for example `of 10,000 rows`
/// @param href the page that explains the figure
/// @param live the field of a live message that renews the value, see `live.js`
public record Tile(
    String label,
    String value,
    @Nullable String note,
    @Nullable Tone tone,
    @Nullable String href,
    @Nullable String live) {
  /// A figure alone.
  public static Tile of(String label, String value) {
    return new Tile(label, value, null, null, null, null);
  }

  /// The same with a note.
  public Tile note(String text) {
    return new Tile(label, value, text, tone, href, live);
  }

  /// The same with a tone.
  public Tile tone(Tone felt) {
    return new Tile(label, value, note, felt, href, live);
  }

  /// The same, leading to a page.
  public Tile href(String address) {
    return new Tile(label, value, note, tone, address, live);
  }

  /// The same, renewed by a field of live messages.
  public Tile live(String field) {
    return new Tile(label, value, note, tone, href, field);
  }
}
