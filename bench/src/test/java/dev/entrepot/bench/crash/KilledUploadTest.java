package dev.entrepot.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bench.Workplace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The crash test in short; `./entrepot bench crash` is the long form.
class KilledUploadTest {
  private static final int KILLS = 4;

  @Test
  void endsAsIfUndisturbed() throws Exception {
    long seed = System.nanoTime() & 0xFFFF;
    Path work = Workplace.work("short-crash");
    CrashTest test = new CrashTest(work, EngineProcess::new, System.out::println);
    CrashTest.Plan plan =
        new CrashTest.Plan(KILLS, 20_000, seed, List.of(World.STRICT, World.UPDATING));
    try {
      assertThat(test.run(plan).kills().values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(KILLS);
    } catch (CrashFailure e) {
      throw new AssertionError("with " + plan + ": " + e.getMessage(), e);
    }
  }

  @Test
  void differencesAreSeen(@TempDir Path folder) throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "a\nb\n");
    Path same = Files.writeString(folder.resolve("same"), "a\nb\n");
    Path longer = Files.writeString(folder.resolve("longer"), "a\nb\nc\n");
    Path other = Files.writeString(folder.resolve("other"), "a\nc\n");
    assertThat(EndState.difference(one, same)).isEmpty();
    assertThat(EndState.difference(one, longer)).startsWith("line 3").contains("found:    c");
    assertThat(EndState.difference(longer, one)).startsWith("line 3").contains("expected: c");
    assertThat(EndState.difference(one, other)).startsWith("line 2");
  }
}
