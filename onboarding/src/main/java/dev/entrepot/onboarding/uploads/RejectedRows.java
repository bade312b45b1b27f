package dev.entrepot.onboarding.uploads;

import dev.entrepot.ledger.DeadLetter;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.model.Page;
import dev.entrepot.onboarding.Cursor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.reports.ErrorReport;
import dev.entrepot.onboarding.reports.TableWriter;
import dev.entrepot.onboarding.rules.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rejected rows of an upload, as pages and as error files.
final class RejectedRows {
  private static final int BATCH = 1_000;

  private final DeadLetters deadLetters;
  private final Mappings mappings;

  RejectedRows(DeadLetters deadLetters, Mappings mappings) {
    this.deadLetters = deadLetters;
    this.mappings = mappings;
  }

  Page<Uploads.RejectedRow> page(
      UploadRow upload,
      @Nullable String code,
      Uploads.@Nullable RowState state,
      @Nullable String cursor,
      int size) {
    long after = cursor == null ? 0 : new Cursor(cursor).int8();
    DeadLetters.Slice found =
        deadLetters.slice(
            upload.id(),
            code,
            state == null ? null : DeadLetter.State.valueOf(state.name()),
            after,
            size);
    Optional<MappingPlan> plan = plan(upload);
    List<Uploads.RejectedRow> rows =
        found.letters().stream().map(letter -> row(letter, plan)).toList();
    return new Page<>(rows, found.more() ? Long.toString(rows.getLast().number()) : null);
  }

  Optional<Uploads.RejectedRow> find(UploadRow upload, long number) {
    return deadLetters.find(upload.id(), number).map(letter -> row(letter, plan(upload)));
  }

  /// The mapping an upload was read with; empty when it never came that far.
  Optional<MappingPlan> plan(UploadRow upload) {
    return upload.mapping() == null || upload.header().isEmpty()
        ? Optional.empty()
        : Optional.of(MappingPlan.compile(mappings.fromJson(upload.mapping()), upload.header()));
  }

  /// The same for other columns; empty, too, when they lack what the mapping needs.
  Optional<MappingPlan> plan(UploadRow upload, List<String> header) {
    if (header.equals(upload.header())) {
      return plan(upload);
    }
    try {
      return upload.mapping() == null
          ? Optional.empty()
          : Optional.of(MappingPlan.compile(mappings.fromJson(upload.mapping()), header));
    } catch (OnboardingException e) {
      return Optional.empty();
    }
  }

  Uploads.RejectedRow row(DeadLetter letter, Optional<MappingPlan> plan) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Integer> columnOf = new HashMap<>();
    if (plan.isPresent() && letter.readable()) {
      MappedRow mapped = plan.get().start().apply(letter.payload());
      for (Field field : Field.values()) {
        String value = mapped.value(field);
        if (value != null) {
          values.put(field.column(), value);
        }
        int column = plan.get().columnOf(field);
        if (column >= 0) {
          columnOf.put(field.column(), column);
        }
      }
    }
    return new Uploads.RejectedRow(
        letter.record(),
        letter.line(),
        letter.key(),
        letter.secondKey(),
        letter.code(),
        ProblemJson.read(letter.problems()),
        letter.payload(),
        letter.readable(),
        values,
        columnOf,
        Uploads.RowState.valueOf(letter.state().name()),
        letter.resolvedBatch());
  }

  /// Writes the error file of the open rows.
  void write(UploadRow upload, long open, Uploads.ReportFormat format, OutputStream out)
      throws IOException {
    if (format == Uploads.ReportFormat.XLSX && open >= TableWriter.XLSX_ROWS) {
      throw new OnboardingException(
          OnboardingException.Code.INVALID,
          "format",
          open + " rows are more than a worksheet holds; take the CSV file");
    }
    List<String> header = upload.header().isEmpty() ? List.of("Row") : upload.header();
    try (ErrorReport.Writer writer =
        switch (format) {
          case CSV -> ErrorReport.csv(out, header);
          case XLSX -> ErrorReport.xlsx(out, header);
        }) {
      Optional<MappingPlan> plan = plan(upload);
      long after = 0;
      for (List<DeadLetter> letters = open(upload, after);
          !letters.isEmpty();
          letters = open(upload, after)) {
        for (DeadLetter letter : letters) {
          writer.write(line(upload, row(letter, plan)));
        }
        after = letters.getLast().record();
      }
    }
  }

  private List<DeadLetter> open(UploadRow upload, long after) {
    return deadLetters.slice(upload.id(), null, DeadLetter.State.OPEN, after, BATCH).letters();
  }

  private static ErrorReport.Line line(UploadRow upload, Uploads.RejectedRow row) {
    Set<Integer> bad = new TreeSet<>();
    for (Problem problem : row.problems()) {
      Field field = problem.field();
      Integer column = field == null ? null : row.columnOf().get(field.column());
      if (column != null && column < row.cells().size()) {
        bad.add(column);
      }
    }
    return new ErrorReport.Line(
        row.line(),
        value(row, Field.VENDOR_PRODUCT_ID),
        value(row, Field.SKU),
        value(row, Field.PRODUCT_NAME),
        value(row, Field.CATEGORY),
        row.errorType(),
        row.problems().stream().map(Problem::message).collect(Collectors.joining("; ")),
        value(row, Field.PRICE),
        value(row, Field.STOCK_QUANTITY),
        value(row, Field.BRAND),
        value(row, Field.DESCRIPTION),
        row.cells(),
        bad,
        new RowReference(upload.id(), row.number()).toString());
  }

  private static String value(Uploads.RejectedRow row, Field field) {
    return row.values().getOrDefault(field.column(), "");
  }
}
