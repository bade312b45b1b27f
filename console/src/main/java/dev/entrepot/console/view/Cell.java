package dev.entrepot.console.view;

import dev.entrepot.model.Books;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a table cell, a fact or a line of a list shows.
public sealed interface Cell {
  /// Plain text.
  static Cell text(@Nullable String text) {
    return text == null || text.isEmpty() ? new Blank() : new Text(text);
  }

  /// A count with thousands separated.
  static Cell count(long count) {
    return new Figure(Figures.count(count));
  }

  /// A moment, shown in the reader's own time zone.
  static Cell time(@Nullable Instant moment) {
    return moment == null ? new Blank() : new Time(moment);
  }

  /// A moment as the distance from now, with the exact time behind it.
  static Cell ago(@Nullable Instant moment) {
    return moment == null ? new Blank() : new Ago(moment);
  }

  /// An identifier, a key or another text that is read letter by letter.
  static Cell code(@Nullable String text) {
    return text == null || text.isEmpty() ? new Blank() : new Code(text);
  }

  /// A name of several parts with slashes between, such as the key of an event.
  static Cell key(String text) {
    return new Key(text, null);
  }

  /// The same as a link.
  static Cell key(String text, String href) {
    return new Key(text, href);
  }

  /// A link.
  static Cell link(String label, String href) {
    return new Link(label, href, null);
  }

  /// A link with a quieter line below.
  static Cell link(String label, String href, String note) {
    return new Link(label, href, note);
  }

  /// A state.
  static Cell badge(Tone tone, String label) {
    return new State(Badge.of(tone, label));
  }

  /// Nothing; shown as a dash.
  record Blank() implements Cell {}

  record Text(String text) implements Cell {}

  /// A number that is already written for people, see [Figures].
  record Figure(String text) implements Cell {}

  record Code(String text) implements Cell {}

  /// A name of several parts, which is broken between them rather than at its hyphens.
  ///
  /// @param href where it leads, or null
  record Key(String text, @Nullable String href) implements Cell {
    /// Its parts, each with the slash behind it.
    public List<String> parts() {
      return List.of(text.split("(?<=/)", -1));
    }
  }

  record Link(String label, String href, @Nullable String note) implements Cell {}

  record Time(Instant moment) implements Cell {}

  record Ago(Instant moment) implements Cell {}

  record State(Badge badge) implements Cell {}

  /// The books as a small bar without numbers.
  record Bar(Books books) implements Cell {}

  /// A text with a quieter line below.
  record Pair(String text, String note) implements Cell {}

  /// A cell with another one, quieter, below.
  record Stack(Cell upper, Cell lower) implements Cell {}

  /// A text that something is wrong with, and what.
  record Fault(String text, String problem) implements Cell {}

  /// Several short words.
  record Words(List<String> words) implements Cell {
    public Words {
      words = List.copyOf(words);
    }
  }

  /// Things to do with the row.
  record Actions(List<Action> actions) implements Cell {
    public Actions {
      actions = List.copyOf(actions);
    }
  }

  /// A box by which the row is chosen for an action on several rows.
  ///
  /// @param label what is chosen, for those who do not see the row
  /// @param chosen whether it is chosen already
  record Choice(String name, String value, String label, boolean chosen) implements Cell {}
}
