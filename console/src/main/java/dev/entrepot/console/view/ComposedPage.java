package dev.entrepot.console.view;

import java.util.List;

/// A page made of parts, one below the other.
public record ComposedPage(Frame frame, Heading heading, List<Part> parts) implements View {
  public ComposedPage {
    parts = List.copyOf(parts);
  }

  @Override
  public String template() {
    return "page/composed.jte";
  }
}
