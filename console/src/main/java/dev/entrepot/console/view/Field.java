package dev.entrepot.console.view;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A field of a form: label, control, help and, after a failed attempt, what is wrong with it.
///
/// @param name the name under which the value is sent; also the control's id
/// @param placeholder an example of a value; of `FILES`, the endings that are offered
/// @param checked whether a box is ticked; of no meaning for other kinds
/// @param help what to know before filling it in
/// @param error what is wrong with the value
/// @param autocomplete the browser's hint, for example `current-password`
/// @param options the choices of a `SELECT`
public record Field(
    String name,
    String label,
    Kind kind,
    String value,
    boolean checked,
    boolean required,
    @Nullable String help,
    @Nullable String error,
    @Nullable String placeholder,
    @Nullable String autocomplete,
    List<Option> options) {
  private static final int LEAST_LINES = 4;
  private static final int MOST_LINES = 24;

  /// The control.
  public enum Kind {
    TEXT,
    EMAIL,
    PASSWORD,
    NUMBER,
    DATE,
    TIME,
    URL,
    SEARCH,
    /// Several lines.
    TEXTAREA,
    /// Several lines that are read letter by letter: an expression, JSON.
    CODE,
    SELECT,
    /// One file or several; the form is sent as `multipart/form-data`, fields before it first.
    FILES,
    CHECKBOX,
    /// A box that is shown as a switch: takes effect as a setting, not as a choice among others.
    SWITCH;

    /// The value of an input's `type`.
    public String type() {
      return switch (this) {
        case TIME -> "datetime-local";
        case SWITCH -> "checkbox";
        case TEXT, EMAIL, PASSWORD, NUMBER, DATE, URL, SEARCH, CHECKBOX ->
            name().toLowerCase(Locale.ROOT);
        case FILES -> "file";
        case TEXTAREA, CODE, SELECT -> "text";
      };
    }
  }

  public Field {
    options = List.copyOf(options);
  }

  /// An empty field that may stay empty.
  public static Field of(Kind kind, String name, String label) {
    return new Field(name, label, kind, "", false, false, null, null, null, null, List.of());
  }

  /// An empty line of text.
  public static Field text(String name, String label) {
    return of(Kind.TEXT, name, label);
  }

  /// A choice among options.
  public static Field select(String name, String label, List<Option> options) {
    return new Field(name, label, Kind.SELECT, "", false, false, null, null, null, null, options);
  }

  /// Whether a browser must insist on a choice: not where an empty one means something, such as
  /// all.
  public boolean insists() {
    return required && options.stream().noneMatch(option -> option.value().isEmpty());
  }

  /// The same with a value.
  public Field value(String filled) {
    return new Field(
        name,
        label,
        kind,
        filled,
        checked,
        required,
        help,
        error,
        placeholder,
        autocomplete,
        options);
  }

  /// The same, ticked or not.
  public Field checked(boolean ticked) {
    return new Field(
        name,
        label,
        kind,
        value,
        ticked,
        required,
        help,
        error,
        placeholder,
        autocomplete,
        options);
  }

  /// The same, to be filled in.
  public Field mandatory() {
    return new Field(
        name, label, kind, value, checked, true, help, error, placeholder, autocomplete, options);
  }

  /// The same with help.
  public Field help(String text) {
    return new Field(
        name,
        label,
        kind,
        value,
        checked,
        required,
        text,
        error,
        placeholder,
        autocomplete,
        options);
  }

  /// The same with what is wrong, or null when nothing is.
  public Field error(@Nullable String text) {
    return new Field(
        name,
        label,
        kind,
        value,
        checked,
        required,
        help,
        text,
        placeholder,
        autocomplete,
        options);
  }

  /// The same with an example of a value.
  public Field placeholder(String text) {
    return new Field(
        name, label, kind, value, checked, required, help, error, text, autocomplete, options);
  }

  /// The same with the browser's hint.
  public Field autocomplete(String hint) {
    return new Field(
        name, label, kind, value, checked, required, help, error, placeholder, hint, options);
  }

  /// The ids of what describes the control, or null when nothing does.
  public @Nullable String describedBy() {
    if (error != null) {
      return help == null ? name + "-error" : name + "-error " + name + "-help";
    }
    return help == null ? null : name + "-help";
  }

  /// Whether the control takes the whole width of a form.
  public boolean wide() {
    return kind == Kind.TEXTAREA || kind == Kind.CODE;
  }

  /// How many lines a control of several lines shows: code as long as it is, within reason.
  public int lines() {
    return kind == Kind.CODE
        ? Math.clamp(value.lines().count() + 1, LEAST_LINES, MOST_LINES)
        : LEAST_LINES;
  }

  /// Whether the control is a box, whose label stands beside it.
  public boolean box() {
    return kind == Kind.CHECKBOX || kind == Kind.SWITCH;
  }
}
