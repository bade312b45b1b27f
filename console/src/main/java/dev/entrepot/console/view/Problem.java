package dev.entrepot.console.view;

import org.jspecify.annotations.Nullable;

/// The page that says why another one cannot be shown.
///
/// @param status the HTTP status
/// @param title what happened, in a few words
/// @param text what it means and what to do next
/// @param reference the id under which the log tells more, or null
public record Problem(
    Frame frame, int status, String title, String text, @Nullable String reference)
    implements View {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int BROKEN = 500;

  /// Nothing lives at the address.
  public static Problem notFound(Frame frame) {
    return new Problem(
        frame,
        NOT_FOUND,
        "There is nothing at this address",
        "It may have been moved or deleted, or the address may be mistyped. Nothing was changed.",
        null);
  }

  /// The viewer may not see it.
  public static Problem forbidden(Frame frame, String needed) {
    return new Problem(
        frame,
        FORBIDDEN,
        "Your account may not open this page",
        "It needs the role " + needed + ". An administrator can give it to you.",
        null);
  }

  /// Something broke.
  public static Problem broken(Frame frame, String reference) {
    return new Problem(
        frame,
        BROKEN,
        "Something broke on our side",
        "What you asked for may not have happened: look before you repeat it. If it happens again,"
            + " tell the operator the reference below.",
        reference);
  }

  @Override
  public String template() {
    return "page/problem.jte";
  }
}
