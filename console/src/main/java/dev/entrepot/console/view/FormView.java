package dev.entrepot.console.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A form that is posted.
///
/// @param id unique in the page
/// @param action the address it is posted to
/// @param groups its fields
/// @param hidden values sent along
/// @param submit what its button says
/// @param weight how its button asks for attention
/// @param confirm the question asked before it is sent, or null
/// @param error what is wrong with the whole, or null
/// @param cancel the way out without sending it, or null
/// @param also further buttons that send it, as the value of `deed`
public record FormView(
    String id,
    String action,
    List<Group> groups,
    Map<String, String> hidden,
    String submit,
    Action.Weight weight,
    @Nullable String confirm,
    @Nullable String error,
    @Nullable Action cancel,
    List<Option> also) {
  /// A form of so many fields shows each of them without scrolling.
  private static final int SEEN_AT_ONCE = 3;

  public FormView {
    also = List.copyOf(also);
    groups = List.copyOf(groups);
    hidden = Map.copyOf(hidden);
  }

  /// Fields that belong together.
  ///
  /// @param title their heading, or null
  /// @param note what to know about them, or null
  /// @param more fields that are seldom needed, folded away
  /// @param open whether they are shown all the same
  public record Group(
      @Nullable String title,
      @Nullable String note,
      List<Field> fields,
      List<Field> more,
      boolean open) {
    /// So many of the folded fields are named.
    private static final int NAMED = 5;

    public Group {
      fields = List.copyOf(fields);
      more = List.copyOf(more);
    }

    public Group(@Nullable String title, @Nullable String note, List<Field> fields) {
      this(title, note, fields, List.of(), false);
    }

    /// The same with fields that are seldom needed.
    public Group more(List<Field> folded) {
      return new Group(title, note, fields, folded, open);
    }

    /// Whether what is seldom needed is shown: always when something is wrong with it.
    public boolean opened() {
      return open || more.stream().anyMatch(field -> field.error() != null);
    }

    /// What is folded away, by name.
    public String moreNames() {
      List<String> names = more.stream().limit(NAMED).map(Field::label).toList();
      int others = more.size() - names.size();
      return String.join(", ", names) + (others == 0 ? "" : " and " + others + " more");
    }

    private Stream<Field> all() {
      return Stream.concat(fields.stream(), more.stream());
    }

    private Group with(UnaryOperator<Field> change) {
      return new Group(
          title,
          note,
          fields.stream().map(change).toList(),
          more.stream().map(change).toList(),
          open);
    }

    private Group opening(Predicate<Field> told) {
      return new Group(title, note, fields, more, open || more.stream().anyMatch(told));
    }
  }

  /// A form of one group of fields with a main button.
  public static FormView of(String id, String action, String submit, Field... fields) {
    return new FormView(
        id,
        action,
        fields.length == 0 ? List.of() : List.of(new Group(null, null, List.of(fields))),
        Map.of(),
        submit,
        Action.Weight.PRIMARY,
        null,
        null,
        null,
        List.of());
  }

  /// Whether files are sent along.
  public boolean files() {
    return groups.stream().flatMap(Group::all).anyMatch(field -> field.kind() == Field.Kind.FILES);
  }

  /// The same with one more group of fields.
  public FormView group(String title, @Nullable String note, Field... fields) {
    return group(new Group(title, note, List.of(fields)));
  }

  /// The same with one more group of fields.
  public FormView group(Group group) {
    List<Group> more = new ArrayList<>(groups);
    more.add(group);
    return new FormView(id, action, more, hidden, submit, weight, confirm, error, cancel, also);
  }

  /// The same with one more value sent along.
  public FormView hidden(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(hidden);
    more.put(name, value);
    return new FormView(id, action, groups, more, submit, weight, confirm, error, cancel, also);
  }

  /// The same with one more button that sends it, as the value of `deed`.
  public FormView also(String deed, String label) {
    List<Option> more = new ArrayList<>(also);
    more.add(new Option(deed, label));
    return new FormView(id, action, groups, hidden, submit, weight, confirm, error, cancel, more);
  }

  /// The same with a plain button.
  public FormView plain() {
    return new FormView(
        id, action, groups, hidden, submit, Action.Weight.PLAIN, confirm, error, cancel, also);
  }

  /// The same as something that cannot be undone, with the question asked before.
  public FormView danger(String question) {
    return new FormView(
        id, action, groups, hidden, submit, Action.Weight.DANGER, question, error, cancel, also);
  }

  /// The same with a question asked before it is sent.
  public FormView confirm(String question) {
    return new FormView(id, action, groups, hidden, submit, weight, question, error, cancel, also);
  }

  /// The same with what is wrong with the whole, or null when nothing is.
  public FormView error(@Nullable String text) {
    return new FormView(id, action, groups, hidden, submit, weight, confirm, text, cancel, also);
  }

  /// The same with a way out.
  public FormView cancel(String href) {
    return new FormView(
        id,
        action,
        groups,
        hidden,
        submit,
        weight,
        confirm,
        error,
        Action.link("Cancel", href),
        also);
  }

  private int fieldCount() {
    return Math.toIntExact(groups.stream().flatMap(Group::all).count());
  }

  /// The labels of the fields that something is wrong with, in their order.
  private List<String> wrong() {
    return groups.stream()
        .flatMap(Group::all)
        .filter(field -> field.error() != null)
        .map(Field::label)
        .toList();
  }

  /// The same with its fields filled in.
  ///
  /// @param text what is wrong; shown above the fields when none of them is marked. When some are,
  ///   a long form names them there
  public FormView filled(UnaryOperator<Field> fill, @Nullable String text) {
    List<Group> filled = groups.stream().map(group -> group.with(fill)).toList();
    FormView form =
        new FormView(id, action, filled, hidden, submit, weight, confirm, null, cancel, also);
    List<String> wrong = form.wrong();
    if (wrong.isEmpty()) {
      return form.error(text);
    }
    return form.fieldCount() <= SEEN_AT_ONCE
        ? form
        : form.error("Nothing was saved. To correct: " + String.join(", ", wrong) + ".");
  }

  /// The same with what is seldom needed shown where one of its fields has something to tell.
  public FormView opening(Predicate<Field> told) {
    return new FormView(
        id,
        action,
        groups.stream().map(group -> group.opening(told)).toList(),
        hidden,
        submit,
        weight,
        confirm,
        error,
        cancel,
        also);
  }
}
