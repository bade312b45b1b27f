package dev.entrepot.console.view;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a page. A page that needs nothing of its own is a list of parts, see [ComposedPage].
public sealed interface Part {
  /// A framed part with a heading.
  ///
  /// @param id unique in the page
  /// @param note a line below the heading, or null
  /// @param flush whether the content reaches to the frame, as tables do
  record Panel(
      String id,
      String title,
      @Nullable String note,
      List<Action> actions,
      List<Part> content,
      boolean flush)
      implements Part {
    public Panel {
      actions = List.copyOf(actions);
      content = List.copyOf(content);
    }

    /// The same with a line below the heading.
    public Panel note(String text) {
      return new Panel(id, title, text, actions, content, flush);
    }

    /// The same with things to do.
    public Panel actions(List<Action> things) {
      return new Panel(id, title, note, things, content, flush);
    }
  }

  /// Parts side by side where there is room.
  record Columns(List<Part> parts) implements Part {
    public Columns {
      parts = List.copyOf(parts);
    }
  }

  /// Parts one below the other, in one place of [Columns].
  record Stack(List<Part> parts) implements Part {
    public Stack {
      parts = List.copyOf(parts);
    }
  }

  /// A paragraph.
  record Text(String text) implements Part {}

  /// A message that stands in the page, with something to do about it or null.
  record Message(Tone tone, String text, @Nullable Action action) implements Part {}

  /// Things to do, in a row.
  record Actions(List<Action> actions) implements Part {
    public Actions {
      actions = List.copyOf(actions);
    }
  }

  record Books(BooksView books) implements Part {}

  record Tiles(String label, List<Tile> tiles) implements Part {
    public Tiles {
      tiles = List.copyOf(tiles);
    }
  }

  record Facts(List<Fact> facts) implements Part {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  record Table(TableView table) implements Part {}

  record Chart(ChartData chart) implements Part {}

  record Story(String label, List<Moment> moments) implements Part {
    public Story {
      moments = List.copyOf(moments);
    }
  }

  /// @param raw whether lines are as they came: long ones are shown in several, not cut
  record Lines(String label, List<Line> lines, boolean raw) implements Part {
    public Lines {
      lines = List.copyOf(lines);
    }

    public Lines(String label, List<Line> lines) {
      this(label, lines, false);
    }
  }

  /// Something that is opened when it is wanted.
  ///
  /// @param label what it is opened by
  record Folded(String label, Part content) implements Part {}

  record Tabs(String label, List<Tab> tabs) implements Part {
    public Tabs {
      tabs = List.copyOf(tabs);
    }
  }

  /// What narrows a table.
  ///
  /// @param action the table's own address
  /// @param target the id of the table that is renewed
  /// @param kept parameters that stay as they are
  /// @param submit what its button says
  record Filters(
      String action, String target, List<Field> fields, Map<String, String> kept, String submit)
      implements Part {
    public Filters {
      fields = List.copyOf(fields);
      kept = Map.copyOf(kept);
    }

    public Filters(String action, String target, List<Field> fields) {
      this(action, target, fields, Map.of(), "Filter");
    }

    /// The same with another word on its button.
    public Filters submit(String word) {
      return new Filters(action, target, fields, kept, word);
    }

    /// The same with a parameter that stays as it is.
    public Filters kept(String name, String value) {
      return new Filters(action, target, fields, Map.of(name, value), submit);
    }
  }

  record Form(FormView form) implements Part {}

  /// A form that is sent by itself once the page is there: for work that takes several requests.
  record GoingOn(FormView form) implements Part {}

  /// A table whose rows can be chosen, with what can be done to the chosen ones.
  ///
  /// @param action where the form is posted
  /// @param fields asked for along with the choice
  /// @param deeds the buttons; the name of the pressed one's value is `deed`
  record Choices(String action, TableView table, List<Field> fields, List<Deed> deeds)
      implements Part {
    public Choices {
      fields = List.copyOf(fields);
      deeds = List.copyOf(deeds);
    }
  }

  /// A button of [Choices].
  ///
  /// @param chosenNeeded whether it acts on chosen rows only
  /// @param confirm the question asked before it is done, or null
  record Deed(
      String value,
      String label,
      Action.Weight weight,
      boolean chosenNeeded,
      @Nullable String confirm) {}

  record Drop(DropView drop) implements Part {}

  record Grid(GridView grid) implements Part {}

  /// Something that is shown once and has to be copied now.
  record Secret(String label, String value) implements Part {}

  /// A page of foreign make inside ours, sealed off from it.
  ///
  /// @param label what it is, for those who do not see it
  record Sealed(String label, String href) implements Part {}

  /// An upload while it is read, renewed by the messages of a stream.
  ///
  /// @param stream the address of the server-sent events
  /// @param expected a guess at how many rows there are, or null
  /// @param states the badge of each state that a message may tell before the end
  record Live(String stream, BooksView books, @Nullable Long expected, Map<String, Badge> states)
      implements Part {
    public Live {
      states = Map.copyOf(states);
    }
  }

  /// Parts that renew themselves while they are looked at, and the page's head and tabs with them.
  ///
  /// @param id unique in the page
  /// @param href the page they are found in again, or null when they stay as they are
  /// @param every how long they wait in between, in whole seconds
  record Renewed(String id, @Nullable String href, Duration every, List<Part> parts)
      implements Part {
    public Renewed {
      parts = List.copyOf(parts);
    }
  }

  /// Fields with what they were and what they are to be.
  record Changes(String label, List<Change> changes) implements Part {
    public Changes {
      changes = List.copyOf(changes);
    }
  }

  /// A panel around one part.
  static Panel panel(String id, String title, Part... content) {
    return new Panel(id, title, null, List.of(), List.of(content), false);
  }

  /// A panel around a table.
  static Panel panel(String id, String title, TableView table) {
    return new Panel(id, title, null, List.of(), List.of(new Table(table)), true);
  }

  /// Parts side by side.
  static Columns columns(Part... parts) {
    return new Columns(List.of(parts));
  }
}
