package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.entrepot.onboarding.tabular.Layout.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// What is written as CSV in any of its forms is read back as it was, and what FastCSV makes of any
/// text we make of it, too.
class CsvRoundTripPropertyTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Pattern FOUR_LETTERS = Pattern.compile("[À-ÿ]{4}");
  private static @Nullable Path file;

  /// How a file is written.
  record Form(
      char delimiter, LineDelimiter lineEnding, Charset charset, boolean mark, boolean gzip) {}

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("round-trip", ".csv");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(file());
  }

  private static Path file() {
    return Objects.requireNonNull(file);
  }

  @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadBack(
      @ForAll("forms") Form form, @ForAll("tables") List<List<String>> table) throws IOException {
    List<List<String>> sent =
        table.stream()
            .map(row -> encodable(row, form.charset))
            .filter(row -> row.size() == 1 || !blank(row))
            .toList();
    Assume.that(!sent.isEmpty());
    List<String> header = header(sent.getFirst().size());
    byte[] text = write("sep=" + form.delimiter + form.lineEnding, header, sent, form);
    Assume.that(!form.charset.equals(WINDOWS_1252) || !mayLookForeign(text));

    TabularFile read = TabularFile.inspect(file(), "t.csv", Limits.ofSupplier());

    assertThat(read.layout().header()).isEqualTo(header);
    assertThat(read.layout().compression())
        .isEqualTo(form.gzip ? Compression.GZIP : Compression.NONE);
    assertThat(Reading.cells(read)).isEqualTo(sent);
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
  void theFormIsFoundOut(
      @ForAll("forms") Form form, @ForAll("plainTables") List<List<String>> table)
      throws IOException {
    List<String> header = header(table.getFirst().size());
    var _ = write("", header, table, form);

    Layout layout = TabularFile.inspect(file(), "t.csv", Limits.ofSupplier()).layout();

    assertThat(layout.delimiter()).isEqualTo(form.delimiter);
    assertThat(layout.header()).isEqualTo(header);
    assertThat(layout.byteOrderMark()).isEqualTo(form.mark);
    assertThat(Objects.requireNonNull(layout.lineEnding()).text())
        .isEqualTo(form.lineEnding.toString());
  }

  @Property(tries = 600)
  void readsAsFastCsvDoes(@ForAll("wildTexts") String text) throws IOException {
    Files.writeString(file(), "sep=,\nx,y\n" + text);
    List<List<String>> expected = new ArrayList<>();
    boolean strict = true;
    try (CsvReader<de.siegmar.fastcsv.reader.CsvRecord> reader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord("x,y\n" + text)) {
      reader.forEach(row -> {
        if (!blank(row.getFields())) {
          expected.add(row.getFields());
        }
      });
    } catch (CsvParseException broken) {
      strict = false;
    }
    if (expected.size() < 2) {
      return;
    }
    List<Row> rows = Reading.rows(TabularFile.inspect(file(), "t.csv", Limits.ofSupplier()));

    assertThat(rows).isNotEmpty();
    for (int place = 0; place < rows.size(); place++) {
      assertThat(rows.get(place).number()).isEqualTo(place + 1L);
    }
    if (strict) {
      assertThat(rows).hasSize(expected.size() - 1);
      for (int place = 0; place < rows.size(); place++) {
        if (rows.get(place) instanceof Row.Cells cells) {
          List<String> fields = expected.get(place + 1);
          assertThat(fields.subList(0, 2)).isEqualTo(cells.values());
        } else if (rows.get(place) instanceof Row.Unreadable unreadable
            && !unreadable.reason().contains("holds a quote but is not quoted")) {
          assertThat(expected.get(place + 1).size()).isNotEqualTo(2);
        }
      }
    }
  }

  /// A line on which nothing stands is no row.
  private static boolean blank(List<String> cells) {
    return cells.stream().allMatch(String::isBlank);
  }

  private static List<String> header(int columns) {
    return Header.numbered(columns);
  }

  private static List<String> encodable(List<String> row, Charset charset) {
    return row.stream().map(cell -> new String(cell.getBytes(charset), charset)).toList();
  }

  /// Letters in random order may look like a word of another script: where four stand together.
  private static boolean mayLookForeign(byte[] text) {
    return FOUR_LETTERS.matcher(new String(text, WINDOWS_1252)).find();
  }

  /// @return the text in its encoding, before it is packed
  private static byte[] write(
      String directive, List<String> header, List<List<String>> rows, Form form)
      throws IOException {
    StringWriter text = new StringWriter();
    text.write(directive);
    try (CsvWriter csv =
        CsvWriter.builder()
            .fieldSeparator(form.delimiter)
            .lineDelimiter(form.lineEnding)
            .build(text)) {
      csv.writeRecord(header);
      rows.forEach(csv::writeRecord);
    }
    String content = (form.mark ? "\uFEFF" : "") + text;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = form.gzip ? new GZIPOutputStream(bytes) : bytes) {
      out.write(content.getBytes(form.charset));
    }
    Files.write(file(), bytes.toByteArray());
    return content.getBytes(form.charset);
  }

  @Provide
  Arbitrary<Form> forms() {
    Arbitrary<Character> delimiters = Arbitraries.of(',', ';', '|', '\t');
    Arbitrary<LineDelimiter> endings =
        Arbitraries.of(LineDelimiter.LF, LineDelimiter.CRLF, LineDelimiter.CR);
    Arbitrary<Boolean> gzip = Arbitraries.of(false, true);
    Arbitrary<Form> unicode =
        Combinators.combine(delimiters, endings, Arbitraries.of(false, true), gzip)
            .as((d, e, mark, g) -> new Form(d, e, StandardCharsets.UTF_8, mark, g));
    Arbitrary<Form> wide =
        Combinators.combine(delimiters, endings, gzip)
            .as((d, e, g) -> new Form(d, e, StandardCharsets.UTF_16LE, true, g));
    Arbitrary<Form> western =
        Combinators.combine(delimiters, endings, gzip)
            .as((d, e, g) -> new Form(d, e, WINDOWS_1252, false, g));
    return Arbitraries.oneOf(unicode, wide, western);
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> texts =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.strings().withChars("ab\"',;|\t\r\n =é€ß").ofMaxLength(12)),
            Tuple.of(2, Arbitraries.strings().withCharRange(' ', '\u02FF').ofMaxLength(8)),
            Tuple.of(1, Arbitraries.of("", " ", "\"", "\"\"", "日本語", "😎", "\uFFFD")));
    return tables(texts.filter(CsvRoundTripPropertyTest::unambiguousIn1252));
  }

  /// Letters such as "Ã©" in a row are UTF-8 for another letter; what is only such cannot be told
  /// apart.
  private static boolean unambiguousIn1252(String cell) {
    return TextScan.of(new ByteArrayInputStream(cell.getBytes(WINDOWS_1252))).multibyte() == 0;
  }

  @Provide
  Arbitrary<List<List<String>>> plainTables() {
    return tables(Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8))
        .filter(table -> table.getFirst().size() > 1);
  }

  private static Arbitrary<List<List<String>>> tables(Arbitrary<String> cells) {
    return Arbitraries.integers()
        .between(1, 6)
        .flatMap(columns -> cells.list().ofSize(columns).list().ofMinSize(1).ofMaxSize(8));
  }

  @Provide
  Arbitrary<String> wildTexts() {
    return Arbitraries.strings()
        .withChars("aabbb\"\"\",,,\n\n\r ")
        .ofMinLength(1)
        .ofMaxLength(60)
        .edgeCases(cases -> cases.add("\"", "\r\n", "a,b\n\"", "\"\"\"\"", "\"a\nb\",c\n"));
  }
}
