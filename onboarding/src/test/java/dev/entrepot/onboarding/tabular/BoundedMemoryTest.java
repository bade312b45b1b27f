package dev.entrepot.onboarding.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.reports.TableWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large files are read in a Java process of its own whose heap is far smaller than they are.
class BoundedMemoryTest {
  private static final int ROWS = 150_000;
  private static final List<String> HEADER = Header.numbered(12);

  @TempDir private Path folder;

  /// Counts the rows of a file: the program that runs in the small heap.
  static final class Count {
    private Count() {}

    public static void main(String[] arguments) {
      TabularFile file = TabularFile.inspect(Path.of(arguments[0]), "large", Limits.ofOperator());
      long read = 0;
      long unreadable = 0;
      try (RowReader rows = file.open()) {
        for (Row row = rows.next(); row != null; row = rows.next()) {
          switch (row) {
            case Row.Cells _ -> read++;
            case Row.Unreadable _ -> unreadable++;
          }
        }
      }
      System.out.println(read + " " + unreadable);
    }
  }

  private static String count(Path file, String heap) throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Count.class.getName(),
            file.toString());
    // They would speak up in its output, or change its heap.
    program.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output.strip();
  }

  private static String row(int number) {
    return "P-%07d,\"A product with a name, and some more\",Kitchen,Mugs,\"Description of it, long enough to weigh something\",SKU-%07d,Brand,12.90,15.90,240,piece,0.31\n"
        .formatted(number, number);
  }

  private static void writeRows(OutputStream out) throws IOException {
    out.write((String.join(",", HEADER) + "\n").getBytes(StandardCharsets.UTF_8));
    for (int row = 0; row < ROWS; row++) {
      out.write(row(row).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void gzipOfManyRows() throws IOException, InterruptedException {
    Path file = folder.resolve("large.csv.gz");
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      writeRows(out);
    }
    assertThat(count(file, "24m")).isEqualTo(ROWS + " 0");
  }

  @Test
  void aQuoteThatIsNeverClosed() throws IOException, InterruptedException {
    Path file = folder.resolve("open.csv");
    int lines = 800_000;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("a,b,c\n1,\"open,3\n".getBytes(StandardCharsets.UTF_8));
      byte[] line = "22222222,a value without quotes,3\n".getBytes(StandardCharsets.UTF_8);
      for (int row = 0; row < lines; row++) {
        out.write(line);
      }
    }
    assertThat(count(file, "48m")).isEqualTo(lines + " 1");
  }

  @Test
  void oneLineThatNeverEnds() throws IOException, InterruptedException {
    Path file = folder.resolve("endless.csv");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
      byte[] text = "no line ends here ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
      for (int chunk = 0; chunk < 6_000; chunk++) {
        out.write(text);
      }
      out.write("\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(count(file, "48m")).isEqualTo("2 1");
  }

  @Test
  void aWorkbookOfManyRows() throws IOException, InterruptedException {
    Path file = folder.resolve("large.xlsx");
    int rows = 30_000;
    List<String> row =
        List.of(
            "P-1",
            "A product with a name",
            "Kitchen",
            "Mugs",
            "Description",
            "SKU-1",
            "Brand",
            "12.90",
            "15.90",
            "240",
            "piece",
            "0.31");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        TableWriter table = TableWriter.xlsx(out, "Products", HEADER)) {
      for (int number = 0; number < rows; number++) {
        table.write(row);
      }
    }
    assertThat(count(file, "24m")).isEqualTo(rows + " 0");
  }
}
