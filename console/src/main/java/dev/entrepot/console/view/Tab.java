package dev.entrepot.console.view;

/// One of several views of the same thing. A tab is a link: each view has its own address.
///
/// @param count how many things the view holds, negative for no number
public record Tab(String label, String href, boolean current, long count) {
  /// A tab without a number.
  public static Tab of(String label, String href, boolean current) {
    return new Tab(label, href, current, -1);
  }
}
