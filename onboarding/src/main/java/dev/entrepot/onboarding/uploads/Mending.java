package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.reports.ErrorReport;
import dev.entrepot.onboarding.rules.CheckedRow;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.tabular.Row;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.storage.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Mended rows: checked one by one while they are edited, and sent again as a file of their own.
final class Mending {
  private static final int MOST_ROWS = 10_000;

  private final Database database;
  private final DeadLetters deadLetters;
  private final Intake intake;
  private final Preparation preparation;

  Mending(Database database, DeadLetters deadLetters, Intake intake, Preparation preparation) {
    this.database = database;
    this.deadLetters = deadLetters;
    this.intake = intake;
    this.preparation = preparation;
  }

  Uploads.Receipt resubmit(
      Actor actor, Upload upload, UploadRow row, List<Uploads.MendedRow> mended) {
    if (mended.isEmpty() || mended.size() > MOST_ROWS) {
      throw invalid("rows", "send between 1 and " + MOST_ROWS + " mended rows at a time");
    }
    Set<Long> seen = new HashSet<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ErrorReport.Writer writer = ErrorReport.csv(bytes, row.header())) {
      for (Uploads.MendedRow one : mended) {
        if (!seen.add(one.number())) {
          throw invalid("rows", "row " + one.number() + " is there twice");
        }
        writer.write(line(upload, row, one));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return intake.mend(
          actor,
          upload,
          mended.stream().map(Uploads.MendedRow::number).sorted().toList(),
          new ByteArrayInputStream(bytes.toByteArray()),
          row.mapping());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ErrorReport.Line line(Upload upload, UploadRow row, Uploads.MendedRow mended) {
    DeadLetter letter =
        deadLetters
            .find(upload.id(), mended.number())
            .orElseThrow(() ->
                invalid(
                    "rows",
                    "row "
                        + mended.number()
                        + " of this upload was not rejected; reload the"
                        + " page"));
    requireOpen(mended.number(), letter);
    checkWidth(row, mended);
    return new ErrorReport.Line(
        letter.line(),
        "",
        "",
        "",
        "",
        letter.code(),
        letter.reason(),
        "",
        "",
        "",
        "",
        mended.cells(),
        Set.of(),
        new RowReference(upload.id(), mended.number()).toString());
  }

  private static void requireOpen(long number, DeadLetter letter) {
    String already =
        switch (letter.state()) {
          case OPEN -> null;
          case RETRIED ->
              "was sent again in upload %s, which rejected it, too; mend it there"
                  .formatted(letter.resolvedBatch());
          case MENDED, DISMISSED ->
              "is " + UploadStore.lower(letter.state()) + " already; reload the page";
        };
    if (already != null) {
      throw new OnboardingException(
          OnboardingException.Code.CONFLICT, "rows", "row " + number + " " + already);
    }
  }

  private static void checkWidth(UploadRow row, Uploads.MendedRow mended) {
    if (mended.cells().size() != row.header().size()) {
      throw invalid(
          "rows",
          "row "
              + mended.number()
              + " has "
              + mended.cells().size()
              + " cells, the file has "
              + row.header().size()
              + " columns");
    }
  }

  /// What is wrong with a mended row now; empty when it would be accepted.
  List<Problem> check(UploadRow row, Vendor vendor, Uploads.MendedRow mended) {
    checkWidth(row, mended);
    Preparation.Checks checks;
    try {
      checks = preparation.checks(row, vendor);
    } catch (FileFailure e) {
      throw invalid("rows", String.valueOf(e.getMessage()));
    }
    Row cells = Storable.orUnreadable(new Row.Cells(mended.number(), 1, mended.cells()));
    CheckedRow checked =
        cells instanceof Row.Cells readable
            ? checks.checker().check(checks.mapping().start().apply(readable.values()))
            : null;
    String origin = new RowReference(row.id(), mended.number()).toString();
    CheckedChunk chunk =
        new CheckedChunk(
            List.of(new CheckedChunk.Entry(cells, checked, origin, FileKeys.Earlier.NONE)));
    return database.read(connection -> {
      KnownProducts known = KnownProducts.load(connection, vendor.code(), chunk, null, List.of());
      SameRows same = SameRows.find(connection, vendor.code(), List.of(), chunk);
      return ChunkJudge.problems(checks.plan(), chunk.entries().getFirst(), known, same);
    });
  }

  private static OnboardingException invalid(String field, String message) {
    return new OnboardingException(OnboardingException.Code.INVALID, field, message);
  }
}
