package dev.entrepot.console.pages;

import dev.entrepot.console.view.SignIn;
import java.util.List;

/// Whose hub it is, and who is welcome to try it.
///
/// @param organisation shown beside the product's name
/// @param demo accounts offered on the sign-in page of the demo world, empty elsewhere
public record Welcome(String organisation, List<SignIn.DemoAccount> demo) {
  public Welcome {
    demo = List.copyOf(demo);
  }

  /// A hub in earnest.
  public static Welcome to(String organisation) {
    return new Welcome(organisation, List.of());
  }
}
