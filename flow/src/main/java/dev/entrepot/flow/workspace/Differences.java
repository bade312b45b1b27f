package dev.entrepot.flow.workspace;

import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.workspace.PlannedChange.Difference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where two configurations differ, value by value.
public final class Differences {
  private Differences() {}

  /// From one to the other, in their order.
  public static List<Difference> of(@Nullable Object before, @Nullable Object after) {
    List<Difference> differences = new ArrayList<>();
    compare("", before, after, differences);
    return differences;
  }

  private static void compare(
      String place, @Nullable Object before, @Nullable Object after, List<Difference> found) {
    if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> present) {
      Set<Object> names = new LinkedHashSet<>(old.keySet());
      names.addAll(present.keySet());
      for (Object name : names) {
        compare(ConfigTree.join(place, (String) name), old.get(name), present.get(name), found);
      }
    } else if (!Objects.equals(before, after)) {
      found.add(new Difference(place, shown(before), shown(after)));
    }
  }

  private static @Nullable String shown(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      default -> ConfigTree.json(value);
    };
  }
}
