package dev.entrepot.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pages somebody may open, in groups. Only pages that exist and that the viewer's role allows
/// belong here; the frame shows what it is given.
public record Nav(List<Group> groups) {
  private static final int BAR_ITEMS = 4;

  public Nav {
    groups = List.copyOf(groups);
  }

  /// Some entries under one heading.
  ///
  /// @param label the heading, or null for entries that need none
  public record Group(@Nullable String label, List<Item> items) {
    public Group {
      items = List.copyOf(items);
    }
  }

  /// One page.
  ///
  /// @param href the page's path, from the root
  /// @param count how many things wait there for somebody, 0 for none
  public record Item(String label, String href, Icon icon, long count) {
    /// An entry at which nothing waits.
    public static Item of(String label, String href, Icon icon) {
      return new Item(label, href, icon, 0);
    }

    /// Whether a path is this page or lies below it.
    public boolean holds(String path) {
      return path.equals(href) || (href.length() > 1 && path.startsWith(href + "/"));
    }

    /// `page` when a path is this page or lies below it, for `aria-current`.
    public @Nullable String current(String path) {
      return holds(path) ? "page" : null;
    }
  }

  /// The entries that get a place in the bar at the bottom of a small screen; the others are behind
  /// its last button.
  public List<Item> bar() {
    return groups.stream().flatMap(group -> group.items().stream()).limit(BAR_ITEMS).toList();
  }

  /// Whether a small screen's bar cannot hold all entries.
  public boolean overflows() {
    return groups.stream().mapToInt(group -> group.items().size()).sum() > BAR_ITEMS;
  }
}
