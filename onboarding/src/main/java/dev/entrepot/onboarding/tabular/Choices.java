package dev.entrepot.onboarding.tabular;

import org.jspecify.annotations.Nullable;

/// What the caller wants read otherwise than the file suggests; null leaves it to the file.
///
/// @param sheet which of the worksheets of a workbook, from 1
/// @param decimal the sign before the decimals in the text of number cells
record Choices(HeaderMode header, @Nullable Integer sheet, char decimal) {
  static Choices of(HeaderMode header) {
    return new Choices(header, null, '.');
  }
}
