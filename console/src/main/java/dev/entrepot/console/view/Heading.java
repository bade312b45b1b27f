package dev.entrepot.console.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The head of a page: what it is about and what can be done with it.
///
/// @param lead one or two sentences below the title, or null
/// @param badges the state of what the page shows
/// @param actions what can be done, the main thing first
public record Heading(
    String title, @Nullable String lead, List<Badge> badges, List<Action> actions) {
  public Heading {
    badges = List.copyOf(badges);
    actions = List.copyOf(actions);
  }

  /// A title alone.
  public static Heading of(String title) {
    return new Heading(title, null, List.of(), List.of());
  }

  /// The same with a lead.
  public Heading lead(String text) {
    return new Heading(title, text, badges, actions);
  }

  /// The same with one more state.
  public Heading badge(Badge badge) {
    List<Badge> more = new ArrayList<>(badges);
    more.add(badge);
    return new Heading(title, lead, more, actions);
  }

  /// The same with one more thing to do.
  public Heading action(Action action) {
    List<Action> more = new ArrayList<>(actions);
    more.add(action);
    return new Heading(title, lead, badges, more);
  }
}
