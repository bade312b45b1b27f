package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.model.Page;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.onboarding.notices.Notices.Notice;
import dev.entrepot.onboarding.uploads.ApprovalTotals;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.Vendor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is told of an upload, and what is not.
class NoticeOutboxTest extends NoticeWorld {
  @Test
  void nothingIsToldOfWhatIsRolledBack() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            database.write(transaction -> {
              outbox.uploadFinished(transaction, vendor, Finished.partial("a.csv"));
              throw new IllegalStateException("the upload's transaction fails");
            }));
    assertThat(notices.list(null, null, null, 10).items()).isEmpty();
  }

  @Test
  void aVendorWithoutAddressesIsToldNothing() {
    finish(vendor(null, null));
    assertThat(notices.list(null, null, null, 10).items()).isEmpty();
  }

  @Test
  void noticesAreListedNewestFirstInPages() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    Upload first = finish(vendor);
    finish(vendor);
    List<Notice> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<Notice> page = notices.list(null, null, cursor, 3);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    assertThat(all).hasSize(4).extracting(Notice::id).doesNotHaveDuplicates();
    assertThat(all.getLast().upload()).isEqualTo(first.id());
    assertThat(notices.list("VEND001", first.id(), null, 10).items()).hasSize(2);
    assertThat(notices.list("VEND002", null, null, 10).items()).isEmpty();
    refused(Code.INVALID, () -> notices.list(null, null, "x", 10));
  }

  @Test
  void namesThatCannotBeStoredAreRepaired() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    database.write(transaction -> {
      outbox.uploadFinished(transaction, vendor, Finished.failed("a\0\uD800.csv", "b\0"));
      return vendor;
    });
    assertThat(notices.list(null, null, null, 10).items()).hasSize(2);
  }

  @Test
  void decisionsOfAMinuteAreToldTogetherAndLaterOnesAnew() {
    Vendor vendor = vendor("bob@example.com", receiver.url("/"));
    Upload upload = Finished.partial("a.csv");
    Courier taken = _ -> new Courier.Sent();
    NoticeSender sender = sender(taken, taken);
    decide(vendor, upload, new ApprovalTotals(1, 0, 0, 12, List.of()));
    assertThat(sender.sendDue()).isZero();
    decide(vendor, upload, new ApprovalTotals(12, 0, 0, 1, List.of()));
    clock.step(Duration.ofMinutes(1));
    assertThat(sender.sendDue()).isEqualTo(2);
    decide(vendor, upload, new ApprovalTotals(13, 0, 0, 0, List.of()));
    assertThat(notices.list(null, null, null, 10).items())
        .extracting(Notice::channel, Notice::state)
        .containsExactlyInAnyOrder(
            tuple("mail", "sent"),
            tuple("webhook", "sent"),
            tuple("mail", "queued"),
            tuple("webhook", "queued"));
    assertThat(notices.list(null, null, null, 10).items())
        .filteredOn(notice -> notice.channel().equals("webhook"))
        .extracting(Notice::body)
        .allSatisfy(body -> assertThat(body).contains("\"type\":\"upload.decided\""))
        .satisfiesExactlyInAnyOrder(
            body -> assertThat(body).contains("\"approved\":12"),
            body -> assertThat(body).contains("\"approved\":13"));
  }

  private void decide(Vendor vendor, Upload upload, ApprovalTotals totals) {
    database.write(transaction -> {
      outbox.rowsDecided(transaction, vendor, upload, totals);
      return upload;
    });
  }
}
