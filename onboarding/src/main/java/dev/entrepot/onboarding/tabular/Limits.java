package dev.entrepot.onboarding.tabular;

/// What a file may cost. Breaking a limit of the file is a [TabularException]; breaking one of a
/// single row makes that row [Row.Unreadable].
///
/// @param maxBytes size of the file on disk, in bytes
/// @param maxRows data rows, the header not counted
/// @param maxColumns columns of the header
/// @param maxCellChars characters of one cell
/// @param maxRowChars characters of one row; bounds what an unclosed quote can swallow
/// @param maxExpandedBytes size after unpacking gzip or any one part of a workbook, in bytes
/// @param maxExpansion how many times larger unpacked content may be than packed; checked once more
///   than 16 MiB are unpacked
/// @param maxSharedTextBytes size of a workbook's table of shared texts, which is held in memory,
///   in bytes of UTF-8
public record Limits(
    long maxBytes,
    long maxRows,
    int maxColumns,
    int maxCellChars,
    int maxRowChars,
    long maxExpandedBytes,
    int maxExpansion,
    long maxSharedTextBytes) {
  private static final int CELL_CHARS = 1 << 20;
  private static final int ROW_CHARS = 1 << 21;
  private static final int EXPANSION = 200;
  private static final long SUPPLIER_SHARED_TEXT_BYTES = 24L << 20;
  private static final long OPERATOR_SHARED_TEXT_BYTES = 64L << 20;

  public Limits {
    requirePositive(maxBytes, "maxBytes");
    requirePositive(maxRows, "maxRows");
    requirePositive(maxColumns, "maxColumns");
    requirePositive(maxCellChars, "maxCellChars");
    requirePositive(maxRowChars, "maxRowChars");
    requirePositive(maxExpandedBytes, "maxExpandedBytes");
    requirePositive(maxExpansion, "maxExpansion");
    requirePositive(maxSharedTextBytes, "maxSharedTextBytes");
    if (maxRowChars > 1 << 28) {
      throw new IllegalArgumentException(
          "maxRowChars must be at most 268435456, not " + maxRowChars);
    }
  }

  private static void requirePositive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  /// The limits of a supplier's upload: 10 MB, 10,000 rows, 1,000 columns.
  public static Limits ofSupplier() {
    return new Limits(
        10_000_000L,
        10_000L,
        1_000,
        CELL_CHARS,
        ROW_CHARS,
        500_000_000L,
        EXPANSION,
        SUPPLIER_SHARED_TEXT_BYTES);
  }

  /// The limits of an operator's own import: no bound on size and rows, 1,000 columns.
  public static Limits ofOperator() {
    return new Limits(
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        1_000,
        CELL_CHARS,
        ROW_CHARS,
        Long.MAX_VALUE,
        EXPANSION,
        OPERATOR_SHARED_TEXT_BYTES);
  }

  /// These limits with another bound on the size of the file.
  public Limits withMaxBytes(long bytes) {
    return new Limits(
        bytes,
        maxRows,
        maxColumns,
        maxCellChars,
        maxRowChars,
        maxExpandedBytes,
        maxExpansion,
        maxSharedTextBytes);
  }

  /// These limits with another bound on the data rows.
  public Limits withMaxRows(long rows) {
    return new Limits(
        maxBytes,
        rows,
        maxColumns,
        maxCellChars,
        maxRowChars,
        maxExpandedBytes,
        maxExpansion,
        maxSharedTextBytes);
  }

  /// These limits with another bound on the columns.
  public Limits withMaxColumns(int columns) {
    return new Limits(
        maxBytes,
        maxRows,
        columns,
        maxCellChars,
        maxRowChars,
        maxExpandedBytes,
        maxExpansion,
        maxSharedTextBytes);
  }

  /// These limits with other bounds on the characters of a cell and of a row.
  public Limits withMaxChars(int cellChars, int rowChars) {
    return new Limits(
        maxBytes,
        maxRows,
        maxColumns,
        cellChars,
        rowChars,
        maxExpandedBytes,
        maxExpansion,
        maxSharedTextBytes);
  }

  /// These limits with another bound on unpacked content.
  public Limits withMaxExpandedBytes(long bytes) {
    return new Limits(
        maxBytes,
        maxRows,
        maxColumns,
        maxCellChars,
        maxRowChars,
        bytes,
        maxExpansion,
        maxSharedTextBytes);
  }

  /// These limits with another bound on a workbook's shared texts.
  public Limits withMaxSharedTextBytes(long bytes) {
    return new Limits(
        maxBytes,
        maxRows,
        maxColumns,
        maxCellChars,
        maxRowChars,
        maxExpandedBytes,
        maxExpansion,
        bytes);
  }
}
