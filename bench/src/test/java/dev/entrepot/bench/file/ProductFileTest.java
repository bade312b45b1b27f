package dev.entrepot.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bench.file.ProductFile.Mix;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductFileTest {
  @TempDir Path folder;

  private String write(ProductFile file) throws Exception {
    Path path = folder.resolve("file.csv");
    assertThat(file.write(path)).isEqualTo(Files.size(path));
    return Files.readString(path);
  }

  @Test
  void theSameSeedGivesTheSameFile() throws Exception {
    String first = write(new ProductFile(1, 500, 0, Mix.EVERYTHING));
    assertThat(write(new ProductFile(1, 500, 0, Mix.EVERYTHING))).isEqualTo(first);
    assertThat(write(new ProductFile(2, 500, 0, Mix.EVERYTHING))).isNotEqualTo(first);
  }

  @Test
  void whatIsLoadableHasKeysOfItsOwnOnEveryRow() throws Exception {
    String[] lines = write(new ProductFile(1, 5_000, 0, Mix.LOADABLE)).split("\n");
    assertThat(lines).hasSize(5_001);
    assertThat(lines[0].split(",", -1)).hasSize(12);
    assertThat(lines)
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .doesNotHaveDuplicates();
    assertThat(lines)
        .extracting(line -> line.replaceFirst(".*,(SKU-[^,]*),.*", "$1"))
        .doesNotHaveDuplicates();
  }
}
