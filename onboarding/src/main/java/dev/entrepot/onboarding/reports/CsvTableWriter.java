package dev.entrepot.onboarding.reports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A table as CSV.
final class CsvTableWriter implements TableWriter {
  private final Writer text;
  private final CsvWriter csv;
  private final int columns;
  private final String[] guarded;

  CsvTableWriter(OutputStream out, List<String> header) throws IOException {
    this.text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.columns = header.size();
    this.guarded = new String[columns];
    text.write('\uFEFF');
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    write(header);
  }

  @Override
  public void write(List<String> cells) throws IOException {
    Rows.requireWidth(cells, columns);
    for (int column = 0; column < columns; column++) {
      guarded[column] = FormulaGuard.add(cells.get(column));
    }
    try {
      csv.writeRecord(guarded);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      csv.flush();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    text.flush();
  }
}
