package dev.entrepot.console.pages.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Tone;
import dev.entrepot.inbox.lanes.BulkOutcome;
import dev.entrepot.inbox.lanes.LetterAct;
import org.junit.jupiter.api.Test;

class BulkReportTest {
  private static final LetterAct RETRY = new LetterAct.Retry();

  @Test
  void whatFailedAgainIsSaidAndNotGreen() {
    assertThat(BulkReport.of(RETRY, 2, new BulkOutcome(0, 2, 0, 0)))
        .isEqualTo(new Flash(Tone.BAD, "2 events tried again: 0 resolved, 2 failed again."));
    assertThat(BulkReport.of(RETRY, 3, new BulkOutcome(1, 1, 1, 0)))
        .isEqualTo(
            new Flash(
                Tone.BAD,
                "3 events tried again: 1 resolved, 1 failed again, 1 still being tried. Look at"
                    + " this list again for what comes of them."));
  }

  @Test
  void whatIsNotKnownYetIsNotGreenEither() {
    assertThat(BulkReport.of(RETRY, 2_000, new BulkOutcome(1_500, 0, 500, 0)))
        .satisfies(flash -> assertThat(flash.tone()).isEqualTo(Tone.WAIT))
        .satisfies(flash -> assertThat(flash.text()).contains("500 still being tried"));
  }

  @Test
  void whatWentWellIsGreen() {
    assertThat(BulkReport.of(RETRY, 1, new BulkOutcome(1, 0, 0, 0)))
        .isEqualTo(new Flash(Tone.GOOD, "1 event tried again: 1 resolved."));
    assertThat(BulkReport.of(new LetterAct.Skip("of no use"), 2, new BulkOutcome(0, 0, 0, 2)))
        .isEqualTo(new Flash(Tone.GOOD, "2 events left out."));
  }
}
