package dev.entrepot.console.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something the viewer can do: a link, or a button that posts.
///
/// @param confirm the question asked before it is done, or null to do it at once
/// @param keep the answer by which it is not done; null: `Cancel`
public record Action(
    String label,
    String href,
    Method method,
    Weight weight,
    @Nullable Icon icon,
    @Nullable String confirm,
    @Nullable String keep) {
  /// Whether the action only shows something or changes something.
  public enum Method {
    GET,
    POST
  }

  /// How much the action asks for attention.
  public enum Weight {
    /// The one thing to do here.
    PRIMARY,
    PLAIN,
    /// Cannot be undone.
    DANGER;

    /// The name in class names of the stylesheet.
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Without an answer of its own by which it is not done.
  public Action(
      String label,
      String href,
      Method method,
      Weight weight,
      @Nullable Icon icon,
      @Nullable String confirm) {
    this(label, href, method, weight, icon, confirm, null);
  }

  /// A link.
  public static Action link(String label, String href) {
    return new Action(label, href, Method.GET, Weight.PLAIN, null, null);
  }

  /// A button that posts an empty form.
  public static Action post(String label, String href) {
    return new Action(label, href, Method.POST, Weight.PLAIN, null, null);
  }

  /// The same as the one thing to do here.
  public Action primary() {
    return new Action(label, href, method, Weight.PRIMARY, icon, confirm, keep);
  }

  /// The same as something that cannot be undone, with the question asked before.
  public Action danger(String question) {
    return new Action(label, href, method, Weight.DANGER, icon, question, keep);
  }

  /// The same with the answer by which it is not done, such as `Keep it running`.
  public Action keep(String answer) {
    return new Action(label, href, method, weight, icon, confirm, answer);
  }

  /// The same with an icon.
  public Action icon(Icon shown) {
    return new Action(label, href, method, weight, shown, confirm, keep);
  }
}
