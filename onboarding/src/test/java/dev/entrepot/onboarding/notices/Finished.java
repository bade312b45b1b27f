package dev.entrepot.onboarding.notices;

import dev.entrepot.model.Books;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finished uploads, their vendors and their links.
final class Finished {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  static final ReportLinks LINKS =
      new ReportLinks() {
        @Override
        public URI errorReport(UUID upload) {
          return URI.create("https://hub.example.com/errors/" + upload + "?a=1&sig=x");
        }

        @Override
        public URI uploadPage(UUID upload) {
          return URI.create("https://hub.example.com/uploads/" + upload);
        }
      };

  private Finished() {}

  static Vendor vendor(String name, @Nullable String email, @Nullable String webhook) {
    return new Vendor(
        "VEND001",
        name,
        VendorStatus.ACTIVE,
        email,
        Currency.getInstance("USD"),
        KnownKeyPolicy.REJECT,
        ApprovalPolicy.AUTOMATIC,
        null,
        new BigDecimal("0.5"),
        UploadLimits.DEFAULT,
        "US",
        webhook == null ? null : URI.create(webhook),
        webhook != null,
        NOW,
        NOW,
        1);
  }

  /// 13 of 14 rows accepted.
  static Upload partial(String fileName) {
    return upload(
        fileName,
        Upload.State.PARTIAL,
        null,
        new Books(14, 12, 1, 1, 0, 0),
        List.of(new Upload.ProblemCount("INVALID_PRICE", 1)));
  }

  static Upload failed(String fileName, String message) {
    return upload(
        fileName,
        Upload.State.FAILED,
        new Upload.Failure("MISSING_COLUMN", message, 1L),
        Books.EMPTY,
        List.of());
  }

  static Upload upload(
      String fileName,
      Upload.State state,
      Upload.@Nullable Failure failure,
      Books books,
      List<Upload.ProblemCount> problems) {
    return new Upload(
        SortableId.next(),
        "VEND001",
        fileName,
        "00",
        100,
        Upload.Source.PORTAL,
        "user:bob@example.com",
        null,
        state,
        failure,
        books,
        2,
        books.rejected(),
        null,
        "CSV, comma, UTF-8",
        null,
        List.of(),
        problems,
        List.of(),
        NOW.minusSeconds(10),
        NOW.minusSeconds(9),
        NOW);
  }
}
