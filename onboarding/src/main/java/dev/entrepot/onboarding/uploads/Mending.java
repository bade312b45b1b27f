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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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
          throw invalid("rows", "the row with the number " + one.number() + " is there twice");
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

  List<Long> numbersAt(UUID upload, List<Long> lines) {
    Map<Long, List<Long>> found =
        deadLetters.at(upload, lines).stream()
            .collect(
                Collectors.groupingBy(
                    DeadLetters.Place::line,
                    Collectors.mapping(DeadLetters.Place::record, Collectors.toList())));
    return lines.stream().map(line -> only(line, found.getOrDefault(line, List.of()))).toList();
  }

  private static long only(long line, List<Long> numbers) {
    if (numbers.size() == 1) {
      return numbers.getFirst();
    }
    throw invalid(
        "line",
        numbers.isEmpty()
            ? "row " + line + " of this upload's file was not rejected; reload its rejected rows"
            : "row %d stands in this upload several times; name it by its number, one of %s"
                .formatted(line, numbers));
  }

  private ErrorReport.Line line(Upload upload, UploadRow row, Uploads.MendedRow mended) {
    DeadLetter letter =
        deadLetters
            .find(upload.id(), mended.number())
            .orElseThrow(() ->
                invalid(
                    "rows",
                    "no rejected row of this upload has the number "
                        + mended.number()
                        + ", which counts rows without the header; reload its rejected rows"));
    requireOpen(letter);
    checkWidth(row, mended, "row " + letter.line());
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

  private static void requireOpen(DeadLetter letter) {
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
          OnboardingException.Code.CONFLICT, "rows", "row " + letter.line() + " " + already);
    }
  }

  private static void checkWidth(UploadRow row, Uploads.MendedRow mended, String name) {
    if (mended.cells().size() != row.header().size()) {
      throw invalid(
          "rows",
          name
              + " has "
              + mended.cells().size()
              + " cells, the file has "
              + row.header().size()
              + " columns");
    }
  }

  /// What is wrong with a mended row now; empty when it would be accepted.
  List<Problem> check(UploadRow row, Vendor vendor, Uploads.MendedRow mended) {
    checkWidth(row, mended, "the row");
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
