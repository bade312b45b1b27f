package dev.entrepot.onboarding.tabular;

/// The content of an `si` or `is` element: plain or formatted text, pronunciation hints left out.
final class RichText {
  private RichText() {}

  /// Adds the text of the element that has just started, up to its end.
  ///
  /// @return false when the text grew beyond the bound
  static boolean read(XmlPart xml, String element, StringBuilder into, int bound) {
    boolean within = true;
    while (xml.advance()) {
      if (xml.ends(element)) {
        return within;
      }
      if (xml.isStart()) {
        switch (xml.element()) {
          case "t" -> within &= xml.text(into, bound);
          case "rPh" -> xml.skip();
          default -> {
            // Runs and their properties; the text inside runs is met on the way.
          }
        }
      }
    }
    return within;
  }
}
