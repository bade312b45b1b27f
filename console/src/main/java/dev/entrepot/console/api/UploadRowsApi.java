package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.server.Spool;
import dev.entrepot.onboarding.rules.Problem;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.uploads.Uploads.ReportFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of an upload that were rejected or marked: seen, mended, dismissed.
public final class UploadRowsApi {
  private static final Access READ = Access.needs(Permission.READ_UPLOADS);
  private static final Access READ_OR_LINK = Access.needsOrLink(Permission.READ_UPLOADS);
  private static final Access WRITE = Access.needs(Permission.WRITE_UPLOADS);
  private static final long MENDED_BYTES = 8L << 20;

  private record Mend(List<NamedRow> rows) {}

  /// A mended row, named in one of two ways.
  ///
  /// @param number counts rows without the header
  /// @param line where it stands in the file, as a spreadsheet shows it
  private record NamedRow(@Nullable Long number, @Nullable Long line, List<String> cells) {}

  /// @param rows by their numbers
  /// @param lines where they stand in the file
  private record Dismissal(@Nullable List<Long> rows, @Nullable List<Long> lines, String reason) {}

  private record Dismissed(long dismissed) {}

  private record Checked(List<Problem> problems) {}

  private final Uploads uploads;
  private final Spool spool;

  public UploadRowsApi(Uploads uploads, Spool spool) {
    this.uploads = uploads;
    this.spool = spool;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/uploads/{id}/errors"), "listUploadErrors", READ, this::errors),
        Route.get(
            ApiPath.of("/uploads/{id}/errors.csv"),
            "getUploadErrorsCsv",
            READ_OR_LINK,
            exchange -> report(exchange, ReportFormat.CSV)),
        Route.get(
            ApiPath.of("/uploads/{id}/errors.xlsx"),
            "getUploadErrorsXlsx",
            READ_OR_LINK,
            exchange -> report(exchange, ReportFormat.XLSX)),
        Route.get(ApiPath.of("/uploads/{id}/warnings"), "listUploadWarnings", READ, this::warnings),
        Route.post(ApiPath.of("/uploads/{id}/mend"), "mendUpload", WRITE, this::mend)
            .taking(Body.json(MENDED_BYTES))
            .replayed(),
        Route.post(ApiPath.of("/uploads/{id}/check"), "checkUploadRow", WRITE, this::check),
        Route.post(ApiPath.of("/uploads/{id}/dismiss"), "dismissUploadRows", WRITE, this::dismiss));
  }

  private Answer errors(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    return Answer.json(
        Items.of(
            uploads.rejected(
                upload.id(),
                exchange.query().text("code").orElse(null),
                exchange.choice("state", Uploads.RowState.class).orElse(null),
                exchange.query().text("cursor").orElse(null),
                exchange.pageSize())));
  }

  private Answer report(Exchange exchange, ReportFormat format)
      throws IOException, InterruptedException {
    Upload upload = Tenancy.upload(exchange, uploads);
    return switch (format) {
      case CSV ->
          spool
              .answer(Downloads.CSV, out -> uploads.writeErrors(upload.id(), format, out))
              .download(Downloads.errors(upload, "csv"));
      case XLSX ->
          spool
              .answer(Downloads.XLSX, out -> uploads.writeErrors(upload.id(), format, out))
              .download(Downloads.errors(upload, "xlsx"));
    };
  }

  private Answer warnings(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    return Answer.json(
        Items.of(
            uploads.warnings(
                upload.id(), exchange.query().text("cursor").orElse(null), exchange.pageSize())));
  }

  private Answer mend(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    List<Uploads.MendedRow> rows = mended(upload, exchange.json(Mend.class).rows());
    return UploadAnswer.of(uploads.resubmit(exchange.principal().actor(), upload.id(), rows));
  }

  private Answer check(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    Uploads.MendedRow row = mended(upload, List.of(exchange.json(NamedRow.class))).getFirst();
    return Answer.json(new Checked(uploads.check(upload.id(), row)));
  }

  private List<Uploads.MendedRow> mended(Upload upload, List<NamedRow> rows) {
    List<Long> lines = new ArrayList<>();
    for (NamedRow row : rows) {
      if ((row.number() == null) == (row.line() == null)) {
        throw ProblemException.invalid(
            "rows",
            "name each row either by its number, which counts rows without the header, or by its"
                + " line, which a spreadsheet shows");
      }
      if (row.line() != null) {
        lines.add(row.line());
      }
    }
    Iterator<Long> numbers = uploads.numbersAt(upload.id(), lines).iterator();
    return rows.stream()
        .map(row ->
            new Uploads.MendedRow(
                row.number() == null ? numbers.next() : row.number(), row.cells()))
        .toList();
  }

  private Answer dismiss(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    Dismissal dismissal = exchange.json(Dismissal.class);
    List<Long> rows = dismissal.rows();
    List<Long> lines = dismissal.lines();
    if (lines != null) {
      if (rows != null) {
        throw ProblemException.invalid("lines", "name the rows either by rows or by lines");
      }
      rows = uploads.numbersAt(upload.id(), lines);
    }
    if (rows == null) {
      throw ProblemException.invalid(
          "rows", "name the rows: by their numbers in rows, or by their lines in lines");
    }
    return Answer.json(
        new Dismissed(
            uploads.dismiss(exchange.principal().actor(), upload.id(), rows, dismissal.reason())));
  }
}
