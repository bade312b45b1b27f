package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of an item is to be written, given what the destination is known to hold. Pure; safe for
/// use by many threads.
final class Comparison {

  /// @param change null: nothing is to be done
  /// @param todo the parts that differ, in the order of the steps
  /// @param diffs by step and field what it was and what it is to be, as JSON; null: all is new or
  ///   nothing differs
  record Compared(@Nullable Change change, List<Todo> todo, @Nullable String diffs) {}

  private static final Compared NOTHING = new Compared(null, List.of(), null);

  private final List<Step> steps;

  Comparison(List<Step> steps) {
    this.steps = steps;
  }

  /// @param known by step what the destination holds of the key
  Compared compare(String key, Fields item, Map<String, String> known) {
    List<Todo> todo = new ArrayList<>(steps.size());
    StringBuilder diffs = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Optional<Fields> part = step.part().apply(item);
      if (part.isEmpty()) {
        continue;
      }
      String content = Content.text(part.get());
      String held = known.get(step.name());
      if (held == null) {
        Set<String> all = part.get().values().keySet();
        todo.add(new Todo(i, new Write(Write.Kind.CREATE, key, part.get(), all), content));
      } else if (!held.equals(content)) {
        Fields before = Content.fields(held);
        Set<String> changed = Content.differing(before, part.get());
        if (!changed.isEmpty()) {
          todo.add(new Todo(i, new Write(Write.Kind.UPDATE, key, part.get(), changed), content));
          diff(diffs, step.name(), changed, before, part.get());
        }
      }
    }
    if (todo.isEmpty()) {
      return NOTHING;
    }
    return new Compared(
        known.isEmpty() ? Change.CREATE : Change.UPDATE,
        todo,
        diffs.isEmpty() ? null : diffs.append('}').toString());
  }

  /// What is to be done so that the destination holds nothing of a key any more: what was written
  /// last goes first.
  Compared delete(String key, Map<String, String> known) {
    List<Todo> todo = new ArrayList<>(steps.size());
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (known.containsKey(steps.get(i).name())) {
        todo.add(new Todo(i, new Write(Write.Kind.DELETE, key, Fields.EMPTY, Set.of()), ""));
      }
    }
    return todo.isEmpty() ? NOTHING : new Compared(Change.DELETE, todo, null);
  }

  /// Either of them.
  Compared of(Item item, Map<String, String> known) {
    return item.deleting() ? delete(item.key(), known) : compare(item.key(), item.fields(), known);
  }

  private static void diff(
      StringBuilder diffs, String step, Set<String> changed, Fields before, Fields after) {
    diffs.append(diffs.isEmpty() ? '{' : ',');
    Content.quote(diffs, step);
    diffs.append(":{");
    boolean first = true;
    for (String name : changed) {
      if (!first) {
        diffs.append(',');
      }
      first = false;
      Content.quote(diffs, name);
      diffs.append(":[");
      Content.write(diffs, before.value(name));
      diffs.append(',');
      Content.write(diffs, after.value(name));
      diffs.append(']');
    }
    diffs.append('}');
  }
}
