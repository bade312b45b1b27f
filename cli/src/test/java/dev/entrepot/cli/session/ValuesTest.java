package dev.entrepot.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.cli.api.Api;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void timesCarryTheirZone() {
    assertThat(Values.time(Api.object().put("at", "2026-11-21T05:23:03Z"), "at"))
        .matches("2026-11-2[012] \\d\\d:\\d\\d \\S+");
  }
}
