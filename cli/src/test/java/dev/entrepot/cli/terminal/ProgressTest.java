package dev.entrepot.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void countsInItsUnit() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(new byte[0]), stream, stream, 80, false, false);
    try (Progress progress =
        new Progress(terminal, "sending big.csv", 144_055_637, "MB", 1_000_000)) {
      progress.at(16_384, 144_055_637);
      progress.at(20_000_000, 144_055_637);
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "sending big.csv: 0 of about 145 MB", "sending big.csv: 20 of about 145 MB");
  }
}
