package dev.entrepot.console.view;

import java.util.List;

/// Parts without a page around them: what a script puts into a page.
///
/// @param csrf the token that forms among them send back
public record Fragment(List<Part> parts, String csrf) implements View {
  public Fragment {
    parts = List.copyOf(parts);
  }

  /// Nothing.
  public static Fragment nothing() {
    return new Fragment(List.of(), "");
  }

  @Override
  public String template() {
    return "page/fragment.jte";
  }
}
