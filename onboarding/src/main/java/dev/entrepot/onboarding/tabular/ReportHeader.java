package dev.entrepot.onboarding.tabular;

import java.util.List;

/// The header of Entrepot's error reports, by which one that was mended and sent again is known.
public final class ReportHeader {
  /// The columns that come before the original ones.
  public static final List<String> LEADING =
      List.of(
          "Row Number",
          "Vendor Product ID",
          "SKU",
          "Product Name",
          "Category",
          "Error Type",
          "Error Message",
          "Price",
          "Stock Quantity",
          "Brand",
          "Description");

  /// The column behind the original ones.
  public static final String REFERENCE = "Entrepot Reference";

  private ReportHeader() {}

  /// Whether a header is that of an error report: the leading columns in their order, at least one
  /// original column, and the reference as the last column that has a name.
  public static boolean recognises(List<String> header) {
    int last = lastNamed(header);
    if (last <= LEADING.size() || !same(header.get(last), REFERENCE)) {
      return false;
    }
    for (int column = 0; column < LEADING.size(); column++) {
      if (!same(header.get(column), LEADING.get(column))) {
        return false;
      }
    }
    return true;
  }

  /// The index of the last column that has a name, or -1.
  static int lastNamed(List<String> header) {
    int last = header.size() - 1;
    while (last >= 0 && header.get(last).isBlank()) {
      last--;
    }
    return last;
  }

  private static boolean same(String one, String other) {
    return HeaderNames.normalise(one).equals(HeaderNames.normalise(other));
  }
}
