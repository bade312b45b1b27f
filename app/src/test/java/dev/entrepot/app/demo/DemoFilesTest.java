package dev.entrepot.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
  @TempDir private Path folder;

  @Test
  void theSameBytesEveryTime() throws IOException {
    DemoFiles files = new DemoFiles(folder);
    files.write();
    List<byte[]> first = contents();
    files.write();
    List<byte[]> second = contents();
    assertThat(first).hasSize(5);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i));
    }
  }

  @Test
  void keysAreUniqueAcrossAllFiles() {
    List<DemoProduct> all =
        Stream.of(
                DemoProduct.make(Assortment.HOME, 900, 1),
                DemoProduct.make(Assortment.HOME, 240, 2),
                DemoProduct.make(Assortment.LIGHT, 220, 3),
                DemoProduct.make(Assortment.GARDEN, 90, 4),
                DemoProduct.make(Assortment.KITCHEN, 160, 5))
            .flatMap(List::stream)
            .toList();
    assertThat(all).extracting(DemoProduct::sku).doesNotHaveDuplicates();
    assertThat(all).extracting(DemoProduct::ean).doesNotHaveDuplicates();
  }

  @Test
  void thePriceListIsGermanThroughAndThrough() throws IOException {
    new DemoFiles(folder).write();
    List<String> lines =
        Files.readAllLines(folder.resolve(DemoFiles.PRICE_LIST), Charset.forName("windows-1252"));
    assertThat(lines.getFirst()).startsWith("Artikelnummer;Bezeichnung;Warengruppe");
    assertThat(lines).anyMatch(line -> line.matches(".*;\\d{2,3},\\d{2};.*"));
    assertThat(String.join("", lines)).contains("Größe").contains("weiß");
  }

  private List<byte[]> contents() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(DemoFilesTest::bytes).toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
