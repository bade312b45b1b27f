package dev.entrepot.onboarding.tabular;

/// A file of one format, looked at and ready to be read.
sealed interface Source permits CsvFile, XlsxFile {
  Layout layout();

  RowReader open();
}
