package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are no product files, or pretend to be: each ends in a clear message, in bounded
/// memory.
class HostileFilesTest {
  private static final byte[] ZEROS = new byte[1 << 16];

  @TempDir private Path folder;

  private void refused(byte[] content, Code code, String message) throws IOException {
    refused(content, Limits.ofOperator(), code, message);
  }

  private void refused(byte[] content, Limits limits, Code code, String message)
      throws IOException {
    Path file = folder.resolve("products.csv");
    Files.write(file, content);
    refused(file, limits, code, message);
  }

  private static void refused(Path file, Limits limits, Code code, String message) {
    assertThatExceptionOfType(TabularException.class)
        .isThrownBy(() -> Reading.rows(TabularFile.inspect(file, "products.csv", limits)))
        .withMessageContaining(message)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void nothing() throws IOException {
    refused(new byte[0], Code.EMPTY_FILE, "no content");
    refused(latin("\n \r\n\n"), Code.EMPTY_FILE, "no content");
    refused(latin("\u00EF\u00BB\u00BF"), Code.EMPTY_FILE, "no content");
    refused(gzip(new byte[0]), Code.EMPTY_FILE, "no content");
    refused(latin("a,b,c\n"), Code.NO_ROWS, "no rows below it");
    refused(folder, Limits.ofOperator(), Code.NOT_A_TABLE, "folder");
    refused(folder.resolve("absent.csv"), Limits.ofOperator(), Code.UNREADABLE, "absent.csv");
  }

  @Test
  void otherFormats() throws IOException {
    refused(latin("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n"), Code.NOT_A_TABLE, "PDF");
    refused(latin("\u0089PNG\r\n\u001A\n"), Code.NOT_A_TABLE, "PNG");
    refused(latin("\n<!DOCTYPE html><html></html>"), Code.NOT_A_TABLE, "web page");
    refused(latin("{\"products\": []}"), Code.NOT_A_TABLE, "JSON");
    refused(latin("PK\u0005\u0006" + "\u0000".repeat(18)), Code.NOT_A_TABLE, "ZIP archive");
    refused(gzip(gzip(latin("a,b\n1,2\n"))), Code.NOT_A_TABLE, "gzip twice");
    refused(gzip(new Workbooks().sheet("").bytes()), Code.NOT_A_TABLE, "send it without gzip");
    refused(
        Workbooks.zip(Map.of("products.csv", out -> out.write(latin("a,b\n1,2\n")))),
        Code.NOT_A_TABLE,
        "ZIP archive, not a workbook");
    Map<String, Workbooks.Part> document = new LinkedHashMap<>();
    document.put(
        "mimetype", out -> out.write(latin("application/vnd.oasis.opendocument.spreadsheet")));
    document.put("content.xml", out -> out.write(latin("<x/>")));
    refused(Workbooks.zip(document), Code.NOT_A_TABLE, "OpenDocument");
  }

  @Test
  void oldAndEncryptedWorkbooks() throws IOException {
    refused(
        compoundFile("Workbook"),
        Code.NOT_A_TABLE,
        "old Excel file (.xls); save it as .xlsx or CSV");
    refused(compoundFile("EncryptedPackage"), Code.NOT_A_TABLE, "protected by a password");
    refused(compoundFile("WordDocument"), Code.NOT_A_TABLE, "old Word document");
    refused(
        new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
        Code.NOT_A_TABLE,
        "old Excel file");
  }

  private static byte[] compoundFile(String stream) {
    byte[] file = new byte[4_096];
    byte[] magic = latin("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1");
    System.arraycopy(magic, 0, file, 0, magic.length);
    file[30] = 9;
    file[48] = 1;
    byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(name, 0, file, 1_024 + 128, name.length);
    return file;
  }

  @Test
  void binaryJunk() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      byte[] junk = new byte[2_000 + round];
      random.nextBytes(junk);
      junk[0] = 'x';
      refused(junk, Code.NOT_A_TABLE, "not text and not a workbook");
    }
  }

  @Test
  void threeGigabytesOfNothing() throws IOException {
    Path file = folder.resolve("sparse.csv");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    refused(file, Limits.ofOperator(), Code.NOT_A_TABLE, "not text and not a workbook");
    refused(file, Limits.ofSupplier(), Code.TOO_LARGE, "3,221,225,472 bytes, at most 10,000,000");
  }

  @Test
  void tooManyColumns() throws IOException {
    String header = "column,".repeat(9_999) + "last";
    refused(latin(header + "\n1\n"), Code.TOO_MANY_COLUMNS, "at most 1,000 are allowed");
    StringBuilder wide = new StringBuilder("c0");
    for (int column = 1; column <= 1_000; column++) {
      wide.append(";c").append(column);
    }
    refused(latin(wide + "\n1\n"), Code.TOO_MANY_COLUMNS, "has 1,001 columns");
    StringBuilder cells = new StringBuilder("<row r=\"1\">");
    for (int column = 1; column <= 10_000; column++) {
      cells.append("<c t=\"inlineStr\"><is><t>c").append(column).append("</t></is></c>");
    }
    refused(
        new Workbooks().sheet(cells + "</row>").bytes(),
        Code.TOO_MANY_COLUMNS,
        "has 10,000 columns");
  }

  @Test
  void gzipBomb() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      out.write(latin("a,b\n"));
      for (int chunk = 0; chunk < 1_000; chunk++) {
        out.write(latin("1,22222222222222\n".repeat(4_000)));
      }
    }
    refused(bomb.toByteArray(), Code.ZIP_BOMB, "more than 200 times its size");
    refused(
        gzip(latin("a,b\n" + "1,2\n".repeat(1_000))),
        Limits.ofSupplier().withMaxExpandedBytes(1_000),
        Code.TOO_LARGE,
        "unpacks to more than 1,000 bytes");
  }

  @Test
  void workbookBombs() throws IOException {
    Workbooks.Part endless =
        out -> {
          out.write(
              latin(
                  "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>a</t></is></c></row>"));
          byte[] row = latin("<row><c><v>1</v></c></row>".repeat(1_000));
          for (int chunk = 0; chunk < 4_000; chunk++) {
            out.write(row);
          }
        };
    refused(
        new Workbooks().sheetXml("Products", "", endless).bytes(),
        Code.ZIP_BOMB,
        "200 times its size");
    refused(
        new Workbooks().sheet("").sharedTextsPart(HostileFilesTest::oneEndlessText).bytes(),
        Code.TOO_LARGE,
        "a single cell of the workbook");
    refused(
        new Workbooks().sheet("").sharedTextsPart(out -> manyTexts(out, 300_000)).bytes(),
        Limits.ofOperator().withMaxSharedTextBytes(1 << 20),
        Code.TOO_LARGE,
        "save it as CSV");
    refused(
        new Workbooks().sheetXml("Products", "", HostileFilesTest::endlessAttribute).bytes(),
        Code.TOO_LARGE,
        "a single cell of the workbook");
    refused(
        new Workbooks().sheetXml("Products", "", HostileFilesTest::endlessNames).bytes(),
        Code.UNREADABLE,
        "not what a spreadsheet program writes");
  }

  private static void oneEndlessText(OutputStream out) throws IOException {
    Random random = new Random(1);
    out.write(latin("<sst><si><t>"));
    for (int chunk = 0; chunk < 400; chunk++) {
      out.write(latin(Long.toString(random.nextLong(), 36).repeat(4_000)));
    }
  }

  private static void manyTexts(OutputStream out, int count) throws IOException {
    out.write(latin("<sst>"));
    for (int text = 0; text < count; text++) {
      out.write(latin("<si><t>" + text + "</t></si>"));
    }
    out.write(latin("</sst>"));
  }

  private static void endlessAttribute(OutputStream out) throws IOException {
    Random random = new Random(1);
    out.write(latin("<worksheet><sheetData><row r=\""));
    for (int chunk = 0; chunk < 400; chunk++) {
      out.write(latin(Long.toString(random.nextLong(), 36).repeat(4_000)));
    }
  }

  private static void endlessNames(OutputStream out) throws IOException {
    out.write(latin("<worksheet>"));
    for (int name = 0; name < 100_000; name++) {
      out.write(latin("<n" + name + "/>"));
    }
  }

  @Test
  void aZipOfVeryManyParts() throws IOException {
    Map<String, Workbooks.Part> parts = new LinkedHashMap<>();
    for (int part = 0; part < 10_001; part++) {
      parts.put("p" + part, out -> out.write(ZEROS, 0, 1));
    }
    refused(Workbooks.zip(parts), Code.ZIP_BOMB, "more than 10,000 parts");
  }
}
