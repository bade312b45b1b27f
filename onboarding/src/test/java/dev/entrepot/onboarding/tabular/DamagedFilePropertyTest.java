package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// A file that is cut or damaged anywhere ends in rows, unreadable rows, or a [TabularException];
/// never in another exception, and never in more rows than it has.
class DamagedFilePropertyTest {
  private static final int ROWS = 40;
  private static @Nullable Path file;

  /// The files that are damaged.
  enum Whole {
    UTF_8,
    UTF_16,
    WINDOWS_1252,
    GZIP,
    XLSX
  }

  private static final Map<Whole, byte[]> CONTENT =
      Map.of(
          Whole.UTF_8, text().getBytes(StandardCharsets.UTF_8),
          Whole.UTF_16, ("\uFEFF" + text()).getBytes(StandardCharsets.UTF_16LE),
          Whole.WINDOWS_1252, text().getBytes(Charset.forName("windows-1252")),
          Whole.GZIP, gzip(text().getBytes(StandardCharsets.UTF_8)),
          Whole.XLSX, workbook());

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("damaged", ".csv");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(Objects.requireNonNull(file));
  }

  private static String text() {
    StringBuilder text = new StringBuilder("sku,name,price\n");
    for (int row = 0; row < ROWS; row++) {
      text.append("S-")
          .append(row)
          .append(",\"Größe, \"\"groß\"\"\nzwei\",")
          .append(row)
          .append(".50\n");
    }
    return text.toString();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return bytes.toByteArray();
  }

  private static byte[] workbook() {
    StringBuilder rows = new StringBuilder();
    for (int row = 1; row <= ROWS + 1; row++) {
      rows.append(
          "<row r=\"%d\"><c r=\"A%d\" t=\"s\"><v>%d</v></c><c r=\"B%d\" s=\"1\"><v>%d.5</v></c></row>"
              .formatted(row, row, row % 3, row, row));
    }
    return new Workbooks()
        .sharedTexts("<si><t>one</t></si><si><t>two</t></si><si><t>three</t></si>")
        .styles("<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>")
        .sheet(rows.toString())
        .bytes();
  }

  @Property(tries = 200)
  void cutShort(@ForAll Whole whole, @ForAll @DoubleRange(min = 0, max = 1) double share)
      throws IOException {
    byte[] content = content(whole);
    int length = (int) (content.length * share);
    Optional<Code> code = read(Arrays.copyOf(content, length));
    boolean cut = length < content.length;
    if (cut && length >= 10 && whole == Whole.GZIP) {
      assertThat(code).contains(Code.CUT_SHORT);
    }
    if (cut && length >= 4 && whole == Whole.XLSX) {
      assertThat(code).contains(Code.CUT_SHORT);
    }
  }

  @Property(tries = 300)
  void damaged(
      @ForAll Whole whole,
      @ForAll @Size(min = 1, max = 20) int[] places,
      @ForAll @IntRange(min = 1, max = 255) int mask)
      throws IOException {
    byte[] content = content(whole).clone();
    for (int place : places) {
      content[Math.floorMod(place, content.length)] ^= (byte) mask;
    }
    read(content);
  }

  @Property(tries = 150)
  void anyBytes(@ForAll @Size(max = 300) byte[] content) throws IOException {
    read(content);
  }

  private static byte[] content(Whole whole) {
    return Objects.requireNonNull(CONTENT.get(whole));
  }

  private static Optional<Code> read(byte[] content) throws IOException {
    Path path = Objects.requireNonNull(file);
    Files.write(path, content);
    try {
      TabularFile table = TabularFile.inspect(path, "damaged", Limits.ofSupplier());
      assertThat(Reading.rows(table)).hasSizeLessThanOrEqualTo(3 * ROWS + content.length);
      return Optional.empty();
    } catch (TabularException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return Optional.of(refused.code());
    }
  }
}
