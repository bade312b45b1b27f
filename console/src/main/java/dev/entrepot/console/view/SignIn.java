package dev.entrepot.console.view;

import dev.entrepot.model.Books;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sign-in page.
///
/// @param action the address the form is sent to
/// @param email what was typed before a failed attempt
/// @param error why the attempt failed, without saying which of the two was wrong
/// @param next the path to open afterwards, sent along as `next`
/// @param demo accounts that are offered in the demo world, empty elsewhere
public record SignIn(
    Frame frame,
    String action,
    String email,
    @Nullable String error,
    String next,
    List<DemoAccount> demo)
    implements View {
  /// The books that the page shows as an example.
  public static final BooksView EXAMPLE =
      new BooksView(new Books(10_000, 7_412, 1_630, 268, 90, 600));

  public SignIn {
    demo = List.copyOf(demo);
  }

  /// An account of the demo world.
  public record DemoAccount(String role, String email, String password) {}

  @Override
  public String template() {
    return "page/signIn.jte";
  }
}
