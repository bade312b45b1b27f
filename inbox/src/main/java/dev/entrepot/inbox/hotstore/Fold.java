package dev.entrepot.inbox.hotstore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The changes of one entity, one after the other: what each does, and what is there at the end.
///
/// @param steps one for each change
/// @param last the state at the end
record Fold(List<Step> steps, @Nullable Head first, Head last) {

  /// One change.
  ///
  /// @param before null: nothing was known
  record Step(Effect effect, @Nullable Head before, Head after) {}

  /// @param first what is stored; null: nothing
  /// @param changes not empty
  static Fold of(@Nullable Head first, List<Head> changes) {
    List<Step> steps = new ArrayList<>(changes.size());
    Head head = first;
    for (int i = 0; i < changes.size(); i++) {
      Head next = changes.get(i);
      if (overtaken(changes, i)) {
        steps.add(new Step(Effect.STALE, head, next));
        continue;
      }
      Effect effect = effect(head, next);
      Head after = head != null && !supersedes(next, head, effect) ? head : next;
      steps.add(new Step(effect, head, after));
      head = after;
    }
    if (head == null) {
      throw new IllegalArgumentException("there are no changes to fold");
    }
    return new Fold(steps, first, head);
  }

  /// Whether anything must be stored.
  boolean moved() {
    return !last.equals(first);
  }

  /// An event that tells several states of one entity means the last of the newest.
  private static boolean overtaken(List<Head> changes, int index) {
    Head own = changes.get(index);
    for (int later = index + 1; later < changes.size(); later++) {
      Head other = changes.get(later);
      if (other.version().position() != own.version().position()) {
        return false;
      }
      if (other.version().compareTo(own.version()) >= 0 && !other.sameAs(own)) {
        return true;
      }
    }
    return false;
  }

  private static Effect effect(@Nullable Head head, Head next) {
    if (head == null) {
      return next.deleted() ? Effect.DELETED : Effect.CREATED;
    }
    int order = next.version().compareTo(head.version());
    if ((next.deleted() && head.deleted()) || (order >= 0 && next.sameAs(head))) {
      return Effect.UNCHANGED;
    }
    if (order < 0) {
      return Effect.STALE;
    }
    if (next.deleted()) {
      return Effect.DELETED;
    }
    return head.deleted() ? Effect.CREATED : Effect.UPDATED;
  }

  /// What is newer is remembered as such even if it says the same.
  private static boolean supersedes(Head next, Head head, Effect effect) {
    return effect.written()
        || (effect == Effect.UNCHANGED && next.version().isAfter(head.version()));
  }
}
