package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.SortableId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VendorTurnsTest {
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final VendorTurns turns = new VendorTurns(() -> now);

  private static UploadStore.Waiting upload(String vendor) {
    return new UploadStore.Waiting(SortableId.next(), vendor, "", null);
  }

  private List<String> order(UploadStore.Waiting... waiting) {
    return turns.inOrder(List.of(waiting)).stream().map(UploadStore.Waiting::vendor).toList();
  }

  @Test
  void theOneServedLongestAgoComesFirst() {
    UploadStore.Waiting zeta = upload("ZETA");
    UploadStore.Waiting acme = upload("ACME");
    assertThat(order(acme, zeta)).containsExactly("ZETA", "ACME");
    turns.served("ZETA");
    assertThat(order(acme, zeta)).containsExactly("ACME", "ZETA");
    turns.served("ACME");
    assertThat(order(acme, zeta)).containsExactly("ZETA", "ACME");
  }

  @Test
  void aClockThatIsSetBackHoldsNobodyUp() {
    UploadStore.Waiting acme = upload("ACME");
    assertThat(turns.failed("ACME")).isEqualTo(Duration.ofSeconds(1));
    now = now.minusSeconds(3_600);
    assertThat(order(acme)).containsExactly("ACME");
  }

  @Test
  void oneThatFailedBacksOffLongerEachTimeUntilItGoes() {
    UploadStore.Waiting acme = upload("ACME");
    UploadStore.Waiting zeta = upload("ZETA");
    assertThat(turns.failed("ACME")).isEqualTo(Duration.ofSeconds(1));
    assertThat(order(acme, zeta)).containsExactly("ZETA");
    now = now.plusSeconds(1);
    assertThat(order(acme)).containsExactly("ACME");
    assertThat(turns.failed("ACME")).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 5; i++) {
      turns.failed("ACME");
    }
    assertThat(turns.failed("ACME")).isEqualTo(Duration.ofSeconds(30));
    turns.went("ACME");
    assertThat(order(acme)).containsExactly("ACME");
    assertThat(turns.failed("ACME")).isEqualTo(Duration.ofSeconds(1));
  }
}
