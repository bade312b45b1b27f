package dev.entrepot.cli.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UploadReportTest {
  @Test
  void aPartialUploadIsDrawnAndAddedUp() {
    UploadReport report =
        report(
            """
            {"id": "0198", "file_name": "spring.csv", "state": "partial", "open_errors": 71,
             "books": {"received": 1000, "written": 921, "unchanged": 0, "rejected": 71,
                       "skipped": 8, "pending": 0},
             "top_problems": [{"code": "INVALID_PRICE", "rows": 60}, {"code": "DUPLICATE_SKU", "rows": 11}]}
            """);
    assertThat(report.lines())
        .containsExactly(
            "spring.csv: partial",
            "  " + "█".repeat(37) + "░".repeat(3) + "·  92.8 % accepted",
            "  1,000 received = 921 written + 0 unchanged + 71 rejected + 8 skipped + 0 pending",
            "  rejected, by first error: 60 INVALID_PRICE, 11 DUPLICATE_SKU",
            "  upload 0198");
    assertThat(report.exitCode()).isEqualTo(ExitCode.PARTIAL);
  }

  @Test
  void oneRejectedRowAmongManyIsNeverRoundedAway() {
    UploadReport report =
        report(
            """
            {"id": "1", "file_name": "big.csv", "state": "partial",
             "books": {"received": 1000000, "written": 999999, "unchanged": 0, "rejected": 1,
                       "skipped": 0, "pending": 0}}
            """);
    assertThat(report.lines().get(1)).contains("░").endsWith("99.9 % accepted");
  }

  @Test
  void aFailedFileSaysWhyAndWhere() {
    UploadReport report =
        report(
            """
            {"id": "2", "file_name": "cut.csv", "state": "failed", "already_known": true,
             "failure": {"code": "UNREADABLE", "message": "a quote is never closed", "line": 10017},
             "books": {"received": 0}}
            """);
    assertThat(report.lines())
        .containsExactly(
            "cut.csv: failed (these bytes were sent before)",
            "  a quote is never closed (row 10,017)",
            "  upload 2");
    assertThat(report.exitCode()).isEqualTo(ExitCode.UPLOAD_FAILED);
  }

  @Test
  void whatWasNotReadToItsEndHasNoShare() {
    UploadReport report =
        report(
            """
            {"id": "4", "file_name": "large.csv", "state": "failed",
             "failure": {"code": "CANCELLED", "message": "it was cancelled", "line": null},
             "books": {"received": 5000, "written": 5000, "unchanged": 0, "rejected": 0,
                       "skipped": 0, "pending": 0}}
            """);
    assertThat(report.lines().get(2))
        .isEqualTo("  " + "█".repeat(40) + "  5,000 of 5,000 rows read were accepted");
  }

  @Test
  void rowsLeftOutOnPurposeAreNoShareOfAnything() {
    UploadReport report =
        report(
            """
            {"id": "3", "file_name": "images.csv", "state": "completed",
             "books": {"received": 3, "written": 0, "unchanged": 0, "rejected": 0,
                       "skipped": 3, "pending": 0, "acceptance": null}}
            """);
    assertThat(report.lines().get(1)).isEqualTo("  " + "·".repeat(40) + "  no rows accepted");
  }

  @Test
  void rowsThatWaitNameTheNextStep() {
    UploadReport report =
        report(
            """
            {"id": "3", "file_name": "a.csv", "state": "completed",
             "books": {"received": 5, "written": 0, "unchanged": 0, "rejected": 0, "skipped": 0,
                       "pending": 5}}
            """);
    assertThat(report.lines())
        .startsWith("a.csv: checked, waits for approval")
        .contains("  " + "▒".repeat(40) + "  100.0 % passed the checks")
        .contains(
            "  5 rows wait for approval before reaching the catalogue: entrepot uploads approve 3");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
  }

  private static UploadReport report(String json) {
    return new UploadReport(JsonMapper.shared().readTree(json));
  }
}
