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
  /// @param obsolete steps that the item has no need of any more, and cannot be undone: what is
  ///   known of them is to be forgotten, since the destination may give it to another one
  record Compared(
      @Nullable Change change, List<Todo> todo, @Nullable String diffs, List<String> obsolete) {}

  private static final Compared NOTHING = new Compared(null, List.of(), null, List.of());

  private final List<Step> steps;
  private final boolean deletes;

  /// @param deletes whether what a step has written can be deleted
  Comparison(List<Step> steps, boolean deletes) {
    this.steps = steps;
    this.deletes = deletes;
  }

  /// @param known by step what the destination holds of the key
  Compared compare(String key, Fields item, Map<String, String> known) {
    List<Todo> todo = new ArrayList<>(steps.size());
    List<String> obsolete = new ArrayList<>(0);
    StringBuilder diffs = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Optional<Fields> part = step.part().apply(item);
      String held = known.get(step.name());
      if (part.isEmpty()) {
        if (held != null && deletes) {
          Fields before = Content.fields(held);
          todo.add(deletion(i, key));
          diff(diffs, step.name(), Content.differing(before, Fields.EMPTY), before, Fields.EMPTY);
        } else if (held != null) {
          obsolete.add(step.name());
        }
        continue;
      }
      String content = Content.text(part.get());
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
    if (todo.isEmpty() && obsolete.isEmpty()) {
      return NOTHING;
    }
    Change change = known.isEmpty() ? Change.CREATE : Change.UPDATE;
    return new Compared(
        todo.isEmpty() ? null : change,
        todo,
        diffs.isEmpty() ? null : diffs.append('}').toString(),
        obsolete);
  }

  /// What is to be done so that the destination holds nothing of a key any more: what was written
  /// last goes first.
  Compared delete(String key, Map<String, String> known) {
    List<Todo> todo = new ArrayList<>(steps.size());
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (known.containsKey(steps.get(i).name())) {
        todo.add(deletion(i, key));
      }
    }
    return todo.isEmpty() ? NOTHING : new Compared(Change.DELETE, todo, null, List.of());
  }

  private static Todo deletion(int step, String key) {
    return new Todo(step, new Write(Write.Kind.DELETE, key, Fields.EMPTY, Set.of()), "");
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
