package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.TestDatabase;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files within a supplier's limits that are made to take much memory: read by a Java process of
/// its own, with the heap that the program has.
class SmallHeapTest {
  private static final int COLUMNS = 1_000;

  @TempDir private Path folder;

  /// Sends each file for a vendor of its own, two of which are read at a time: the program that
  /// runs in the small heap.
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      try (Database database =
              Database.open(new DatabaseConfig.Given(arguments[0], arguments[1], arguments[2], 5));
          World world = new World(database, Path.of(arguments[3]), "node-1")) {
        List<UUID> uploads = new ArrayList<>();
        for (int i = 4; i < arguments.length; i++) {
          world.with(VendorDraft.of("V" + i, "Vendor " + i));
          uploads.add(
              world
                  .submit(
                      "V" + i,
                      "file",
                      Files.readAllBytes(Path.of(arguments[i])),
                      Uploads.Limits.SUPPLIER)
                  .upload()
                  .id());
        }
        world.started();
        for (UUID upload : uploads) {
          Upload read = world.await(upload);
          world.uploads.writeErrors(
              upload, Uploads.ReportFormat.CSV, OutputStream.nullOutputStream());
          System.out.println(read.state() + " " + read.books().received());
        }
      }
    }
  }

  /// Writes `rows` products, every second of them with a faulty price. Their SKUs begin with
  /// `skus`, as no two vendors may sell one SKU.
  private static void write(OutputStream out, String skus, int rows) throws IOException {
    StringBuilder header =
        new StringBuilder("vendor_product_id,product_name,category,sku,price,stock_quantity");
    for (int column = 6; column < COLUMNS; column++) {
      header.append(",c").append(column);
    }
    out.write(header.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    String rest = ",1".repeat(COLUMNS - 6) + "\n";
    for (int row = 0; row < rows; row++) {
      String price = row % 2 == 0 ? "1" : "x";
      out.write(
          ("%d,N,toys,%s%d,%s,1".formatted(row, skus, row, price) + rest)
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void filesOfVeryManyShortCellsAreRead() throws IOException, InterruptedException {
    Path plain = folder.resolve("plain.csv");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(plain))) {
      write(out, "P", 4_900);
    }
    assertThat(Files.size(plain)).isBetween(9_500_000L, 10_000_000L);
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(packed)))) {
      write(out, "G", 10_000);
    }
    DatabaseConfig.Given database = TestDatabase.freshConfig();
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            database.jdbcUrl(),
            String.valueOf(database.user()),
            String.valueOf(database.password()),
            folder.resolve("data").toString(),
            plain.toString(),
            packed.toString());
    // They would speak up in its output, or change its heap.
    program.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output.lines().filter(line -> line.contains(" ")).toList())
        .contains("PARTIAL 4900", "PARTIAL 10000");
  }
}
