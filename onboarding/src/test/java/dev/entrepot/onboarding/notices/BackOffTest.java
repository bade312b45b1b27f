package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Property(tries = 50)
  void waitsGrowUntilTheTimeIsOver(@ForAll long seed) {
    Random random = new Random(seed);
    Duration age = Duration.ZERO;
    List<Duration> waits = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> wait = BackOff.WEBHOOK.next(attempt, age, null, random);
      if (wait.isEmpty()) {
        break;
      }
      waits.add(wait.get());
      age = age.plus(wait.get());
    }
    assertThat(waits.getFirst()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(6_250));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(15), Duration.ofMillis(18_750));
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMinutes(450)) <= 0);
    assertThat(waits.size()).isBetween(15, 22);
    assertThat(age).isBetween(Duration.ofHours(64), Duration.ofDays(3));
  }

  @Test
  void whatTheReceiverAsksForCounts() {
    Random random = new Random(1);
    assertThat(BackOff.MAIL.next(1, Duration.ZERO, Duration.ofHours(3), random))
        .contains(Duration.ofHours(3));
    assertThat(BackOff.MAIL.next(1, Duration.ZERO, Duration.ofHours(25), random)).isEmpty();
    assertThat(BackOff.MAIL.next(1, Duration.ZERO, Duration.ofSeconds(-9), random)).isPresent();
    assertThat(BackOff.MAIL.next(Integer.MAX_VALUE, Duration.ZERO, null, random)).isPresent();
  }

  @Test
  void itsDurationsMustMakeSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new BackOff(Duration.ofHours(2), Duration.ofHours(1), Duration.ofDays(1)));
  }
}
