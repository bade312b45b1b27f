package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenKeysTest {
  @Property(tries = 200)
  void agreesWithAMap(@ForAll @Size(max = 200) List<String> keys) {
    Map<String, Integer> expected = new HashMap<>();
    try (SeenKeys seen = new SeenKeys(Path.of("."))) {
      int row = 0;
      for (String key : keys) {
        row++;
        Integer before = expected.putIfAbsent(key, row);
        assertThat(seen.putIfAbsent(key, row)).isEqualTo(before == null ? 0 : before);
      }
      expected.forEach((key, first) -> assertThat(seen.rowOf(key)).isEqualTo(first));
      assertThat(seen.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void growsIntoAFileAndForgetsNothing(@TempDir Path folder) {
    int keys = 3_000_000;
    try (SeenKeys seen = new SeenKeys(folder)) {
      for (int row = 1; row <= keys; row++) {
        assertThat(seen.putIfAbsent("SKU-" + row, row)).isZero();
      }
      for (int row = 1; row <= keys; row += 997) {
        assertThat(seen.rowOf("SKU-" + row)).isEqualTo(row);
      }
      assertThat(seen.contains("SKU-0")).isFalse();
      assertThat(seen.size()).isEqualTo(keys);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withoutRoomForTheFileItSaysSoAndStaysAsItWas(@TempDir Path folder) {
    Path gone = folder.resolve("gone");
    try (SeenKeys seen = new SeenKeys(gone)) {
      assertThatThrownBy(
              () -> {
                for (int row = 1; row <= 3_000_000; row++) {
                  seen.putIfAbsent("SKU-" + row, row);
                }
              })
          .isInstanceOf(NoRoomException.class)
          .hasMessageContaining("134,217,728 bytes cannot be written in " + gone);
      assertThat(seen.rowOf("SKU-1")).isEqualTo(1);
    }
  }
}
