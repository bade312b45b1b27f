package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.destination.WriteResult.Rejected;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A record that is pending. Guarded by the [Backlog] that holds it.
final class Item {
  private final long record;
  private final String key;
  private final boolean deleting;
  private final Fields fields;
  private final String text;
  private final Deque<Todo> todo;
  private final List<String> done = new ArrayList<>();
  private boolean touched;
  private boolean followed;
  private boolean compared;
  private long sentAfter;
  private boolean triedTwice;
  private @Nullable Rejected rejected;
  private @Nullable Item successor;

  /// @param fields all that the destination is to hold of it; empty when deleting
  /// @param text the same as text
  /// @param todo null: not compared yet with what the destination is known to hold
  Item(
      long record,
      String key,
      boolean deleting,
      Fields fields,
      String text,
      @Nullable List<Todo> todo) {
    this.record = record;
    this.key = key;
    this.deleting = deleting;
    this.fields = fields;
    this.text = text;
    this.todo = new ArrayDeque<>(todo == null ? List.of() : todo);
    this.compared = todo != null;
  }

  /// As much of it as a plan keeps of each, to tell whether a later record says the same.
  Item outline() {
    Write nothing = new Write(Write.Kind.UPDATE, key, Fields.EMPTY, Set.of());
    List<Todo> steps = todo.stream().map(one -> new Todo(one.step(), nothing, "")).toList();
    return new Item(record, key, deleting, Fields.EMPTY, text, compared ? steps : null);
  }

  long record() {
    return record;
  }

  String key() {
    return key;
  }

  boolean deleting() {
    return deleting;
  }

  Fields fields() {
    return fields;
  }

  String text() {
    return text;
  }

  /// What is to be written, the next one first.
  Deque<Todo> todo() {
    return todo;
  }

  Todo next() {
    return todo.getFirst();
  }

  /// The names of the steps that are written.
  List<String> done() {
    return done;
  }

  /// Whether it ever was in a call, or compared anew: what is known of its key may have changed.
  boolean touched() {
    return touched;
  }

  void touch() {
    touched = true;
  }

  /// Whether it ever waited for an earlier one of its key.
  boolean followed() {
    return followed;
  }

  /// Has it wait for an earlier one of its key, after which it is compared.
  void follow() {
    todo.clear();
    compared = false;
    followed = true;
  }

  boolean compared() {
    return compared;
  }

  void compared(List<Todo> found) {
    todo.clear();
    todo.addAll(found);
    compared = true;
  }

  /// How much the destination had taken in its step when it was sent.
  long sentAfter() {
    return sentAfter;
  }

  void sentAfter(long written) {
    sentAfter = written;
  }

  /// Whether it was sent once more after a rejection.
  boolean triedTwice() {
    return triedTwice;
  }

  void triedTwice(boolean now) {
    triedTwice = now;
  }

  /// Why the destination rejected it, when it was.
  Optional<Rejected> rejected() {
    return Optional.ofNullable(rejected);
  }

  void rejected(Rejected why) {
    rejected = why;
  }

  @Nullable Item successor() {
    return successor;
  }

  void successor(@Nullable Item item) {
    successor = item;
  }
}
