package dev.entrepot.onboarding.tabular;

/// Whether the first row names the columns.
public enum HeaderMode {
  /// The first row that is not blank is the header.
  FIRST_ROW,
  /// There is no header: the first row is data, and columns go by "Column 1", "Column 2", ….
  NONE
}
