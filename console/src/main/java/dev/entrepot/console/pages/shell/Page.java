package dev.entrepot.console.pages.shell;

import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Crumb;
import dev.entrepot.console.view.Heading;
import dev.entrepot.console.view.Part;
import java.util.ArrayList;
import java.util.List;

/// A page as its handler makes it, before the [Shell] puts the frame around it.
///
/// @param crumbs the way to the page, without the page itself; empty for the pages of the
///   navigation
public record Page(Heading heading, List<Crumb> crumbs, List<Part> parts) {
  public Page {
    crumbs = List.copyOf(crumbs);
    parts = List.copyOf(parts);
  }

  /// A page with a title and nothing else.
  public static Page of(String title) {
    return new Page(Heading.of(title), List.of(), List.of());
  }

  /// The page's title.
  public String title() {
    return heading.title();
  }

  /// The same with a lead below the title.
  public Page lead(String text) {
    return new Page(heading.lead(text), crumbs, parts);
  }

  /// The same with a state beside the title.
  public Page badge(Badge badge) {
    return new Page(heading.badge(badge), crumbs, parts);
  }

  /// The same with something to do.
  public Page action(Action action) {
    return new Page(heading.action(action), crumbs, parts);
  }

  /// The same with one more step of the way to it.
  public Page under(String label, String href) {
    List<Crumb> more = new ArrayList<>(crumbs);
    more.add(new Crumb(label, href));
    return new Page(heading, more, parts);
  }

  /// The same with more parts.
  public Page with(Part... more) {
    return with(List.of(more));
  }

  /// The same with more parts.
  public Page with(List<? extends Part> more) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(more);
    return new Page(heading, crumbs, all);
  }
}
