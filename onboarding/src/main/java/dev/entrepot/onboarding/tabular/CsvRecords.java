package dev.entrepot.onboarding.tabular;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.entrepot.onboarding.tabular.QuoteFault.Kind;
import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The records of CSV text, good and bad, blank lines included. FastCSV parses; where it gives up,
/// the record becomes a fault and parsing begins anew on the line behind the quote that broke it.
final class CsvRecords implements AutoCloseable {
  /// One record.
  ///
  /// @param line the line on which it begins
  /// @param cells its values; for a blank line one value, ""
  /// @param blank whether the line is empty
  /// @param fault what is wrong with it, or null
  /// @param raw its text when there is a fault, else ""
  /// @param tooWide whether the fault is that it has far too many values
  record Parsed(
      long line,
      CellList cells,
      boolean blank,
      @Nullable String fault,
      String raw,
      boolean tooWide) {}

  private static final CellList NO_CELLS = new CellList(new String[0]);

  private final CharFeed feed;
  private final char delimiter;
  private final Limits limits;
  private final Cells cells = new Cells();
  private CloseableIterator<Cells> parser;

  CsvRecords(CharFeed feed, char delimiter, Limits limits) {
    this.feed = feed;
    this.delimiter = delimiter;
    this.limits = limits;
    this.parser = parser();
  }

  private CloseableIterator<Cells> parser() {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .quoteCharacter('"')
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(limits.maxRowChars() + (1 << 16))
        .build(cells, feed)
        .iterator();
  }

  /// The next record, or null behind the last.
  @Nullable Parsed next() {
    feed.beginRow();
    try {
      if (!parser.hasNext()) {
        return null;
      }
      return judge(parser.next());
    } catch (CsvParseException broken) {
      Throwable cause = broken.getCause();
      if (cause instanceof TabularException known) {
        throw known;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      return recover(cause instanceof TooManyCells);
    } catch (UncheckedIOException failed) {
      if (failed.getCause() instanceof CharFeed.RowTooLong) {
        return recover(false);
      }
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read: " + failed.getMessage(), failed);
    }
  }

  /// The text of the record that was returned last, if it had no fault.
  String raw() {
    return RawText.of(feed.rowText());
  }

  private Parsed judge(Cells read) {
    if (read.tooLongColumn > 0) {
      return fault(
          String.format(
              Locale.ROOT,
              "the value in column %d has more than %,d characters, the most that is allowed",
              read.tooLongColumn,
              limits.maxCellChars()));
    }
    String malformed = feed.malformedInRow();
    if (malformed != null) {
      return fault(malformed + "; save the file as UTF-8");
    }
    if (feed.nulInRow()) {
      return fault("the row holds a NUL character, which no text has; remove it");
    }
    if (read.bareQuote) {
      return fault(QuoteFault.find(feed.rowText(), delimiter).reason(feed.rowLine()));
    }
    return new Parsed(feed.rowLine(), read.copy(), read.blank, null, "", false);
  }

  private Parsed fault(String reason) {
    return new Parsed(feed.rowLine(), NO_CELLS, false, reason, raw(), false);
  }

  private Parsed recover(boolean tooManyCells) {
    QuoteFault fault = QuoteFault.find(feed.rowText(), delimiter);
    long line = feed.rowLine();
    String reason;
    int lines;
    if (tooManyCells) {
      reason =
          String.format(
              Locale.ROOT,
              "the row has more than %,d values, the most that is allowed",
              limits.maxColumns());
      lines = 1;
    } else if (fault.kind() == Kind.NONE) {
      reason =
          String.format(
              Locale.ROOT,
              "the row has more than %,d characters, the most that is allowed",
              limits.maxRowChars());
      lines = 1;
    } else {
      reason = fault.reason(line);
      lines = fault.lineInRow() + 1;
    }
    try {
      String raw = feed.leaveLines(lines);
      parser = parser();
      return new Parsed(line, NO_CELLS, false, reason, raw, tooManyCells);
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    try {
      feed.close();
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be closed: " + failed.getMessage(), failed);
    }
  }

  /// Thrown through the parser to stop it in the middle of a row.
  private static final class TooManyCells extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyCells() {
      super("too many values in a row", null, false, false);
    }
  }

  private final class Cells extends AbstractBaseCsvCallbackHandler<Cells> {
    private String[] values = new String[32];
    private int count;
    private boolean blank;
    private boolean bareQuote;
    private int tooLongColumn;

    CellList copy() {
      return new CellList(blank ? new String[] {""} : Arrays.copyOf(values, count));
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      count = 0;
      blank = false;
      bareQuote = false;
      tooLongColumn = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      if (index == values.length) {
        if (index > 2 * limits.maxColumns()) {
          throw new TooManyCells();
        }
        values = Arrays.copyOf(values, index * 2);
      }
      if (length > limits.maxCellChars()) {
        tooLongColumn = index + 1;
        return;
      }
      values[count++] = length == 0 ? "" : new String(buffer, offset, length);
      if (!quoted && feed.quoteInRow() && values[index].indexOf('"') >= 0) {
        bareQuote = true;
      }
    }

    @Override
    protected void handleEmpty() {
      blank = true;
    }

    @Override
    protected Cells buildRecord() {
      return this;
    }
  }
}
