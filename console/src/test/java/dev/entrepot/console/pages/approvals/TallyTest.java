package dev.entrepot.console.pages.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.uploads.Uploads.Decision;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Tally BEFORE = new Tally(10_000, 0, 1, 0, 0, List.of());

  @Test
  void whatIsLeftIsGoneOnWithAndWhatWasDecidedIsCarriedAlong() {
    List<Part> parts =
        BEFORE
            .plus(new Decision(5_000, 0, 1, 7_000))
            .goingOn("/approvals/7", "approve-all", "too late", true);
    assertThat(parts.getFirst())
        .isInstanceOfSatisfying(
            Part.Message.class,
            message ->
                assertThat(message.text())
                    .startsWith("15,002 rows are decided, 7,000 rows are left."));
    assertThat(parts.getLast())
        .isInstanceOfSatisfying(
            Part.GoingOn.class,
            on -> {
              assertThat(on.form().action()).isEqualTo("/approvals/7");
              assertThat(on.form().hidden())
                  .isEqualTo(
                      Map.of(
                          "deed", "approve-all",
                          "reason", "too late",
                          "approved", "15000",
                          "declined", "0",
                          "refused", "2",
                          "even-older", "true"));
            });
  }

  @Test
  void atTheEndAllOfItIsTold() {
    assertThat(BEFORE.plus(new Decision(0, 1, 0, 0)).flash())
        .isEqualTo(
            new Flash(
                Tone.WARN,
                "10,000 rows were approved; 1 row was declined; 1 row could no longer be applied,"
                    + " for a key was taken meanwhile."));
    assertThat(new Tally(0, 0, 0, 0, 0, List.of()).plus(new Decision(0, 0, 0, 0)).flash())
        .isEqualTo(new Flash(Tone.GOOD, "No row waited any more."));
    assertThat(new Tally(0, 0, 0, 0, 0, List.of()).plus(new Decision(3, 0, 0, 2)).flash())
        .isEqualTo(
            new Flash(
                Tone.WARN, "3 rows were approved; 2 rows were not reached yet, decide once more."));
  }

  @Test
  void rowsOlderThanTheCatalogueAreToldWithTheLaterUpload() {
    UUID newer = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    assertThat(
            new Tally(0, 0, 0, 0, 0, List.of())
                .plus(new Decision(3, 0, 0, 0, 2, List.of(newer)))
                .flash())
        .isEqualTo(
            new Flash(
                Tone.WARN,
                "3 rows were approved; 2 rows wait still: upload "
                    + newer
                    + " was received later and brought the same products, so look at them, then"
                    + " decline them, or tick \"even older\" to put their values back."));
  }
}
