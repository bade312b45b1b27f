package dev.entrepot.onboarding.tabular;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Why a file as a whole cannot be read, or not to its end. The message names the file's fault and
/// what to do about it, in words for the person who sent the file.
public final class TabularException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// The kinds of fault.
  public enum Code {
    /// Nothing in it, or only blank lines.
    EMPTY_FILE,
    /// No row that could name the columns.
    NO_HEADER,
    /// A header, and nothing below it.
    NO_ROWS,
    /// Two columns of the same name.
    DUPLICATE_HEADER,
    /// More columns than allowed.
    TOO_MANY_COLUMNS,
    /// More data rows than allowed.
    TOO_MANY_ROWS,
    /// More bytes than allowed.
    TOO_LARGE,
    /// Small when packed, enormous when unpacked.
    ZIP_BOMB,
    /// The end is missing.
    CUT_SHORT,
    /// Not a table at all: a folder, an image, a PDF, an old or encrypted workbook.
    NOT_A_TABLE,
    /// Text in an encoding that is not read.
    BAD_ENCODING,
    /// Damaged, or the disk does not give it.
    UNREADABLE
  }

  private final Code code;
  private final long line;

  TabularException(Code code, String message) {
    this(code, 0, message, null);
  }

  TabularException(Code code, String message, @Nullable Throwable cause) {
    this(code, 0, message, cause);
  }

  TabularException(Code code, long line, String message) {
    this(code, line, message, null);
  }

  private TabularException(Code code, long line, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.line = line;
  }

  /// The kind of fault.
  public Code code() {
    return code;
  }

  /// The physical line of the fault, from 1, or 0 where the whole file is meant.
  public long line() {
    return line;
  }
}
