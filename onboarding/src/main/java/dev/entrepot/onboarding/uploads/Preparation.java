package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.catalogue.RateTable;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.MappingPlan;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.rules.RowChecker;
import dev.entrepot.onboarding.rules.RowCheckers;
import dev.entrepot.onboarding.tabular.Layout;
import dev.entrepot.onboarding.tabular.Limits;
import dev.entrepot.onboarding.tabular.TabularException;
import dev.entrepot.onboarding.tabular.TabularFile;
import dev.entrepot.onboarding.vendors.Vendor;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gets everything ready that holds for a whole file: its layout, mapping, rules, rates. Refuses
/// files that cannot be used before a single row is applied.
final class Preparation {
  private static final long ALWAYS_READ_TWICE_BYTES = 50_000_000;

  private static final int MOST_CELLS_OF_TITLE = 3;

  private final FileStore files;
  private final Catalogue catalogue;
  private final Mappings mappings;
  private final RowCheckers checkers;
  private final ReportEdits edits;
  private final Clock clock;

  Preparation(
      FileStore files,
      Catalogue catalogue,
      Mappings mappings,
      RowCheckers checkers,
      ReportEdits edits,
      Clock clock) {
    this.files = files;
    this.catalogue = catalogue;
    this.mappings = mappings;
    this.checkers = checkers;
    this.edits = edits;
    this.clock = clock;
  }

  /// Everything that is fixed for a file.
  ///
  /// @param suggested a mapping that was suggested and may be kept once it has served; null: none
  record Ready(
      RunPlan plan,
      SourceFile source,
      MappingPlan mapping,
      RowChecker checker,
      UploadStore.Beginning beginning,
      @Nullable Mapping suggested) {}

  /// @throws FileFailure when the file cannot be used
  Ready prepare(UploadRow upload, Vendor vendor) {
    SourceFile opened = meant(upload, open(upload, vendor));
    List<String> header = opened.header();
    Chosen chosen = choose(upload, header, opened);
    SourceFile source = written(opened, chosen.mapping.decimal());
    MappingPlan mapping = compile(chosen.mapping, header);
    List<Field> missing = mapping.missingRequired();
    if (!missing.isEmpty()) {
      throw new FileFailure(
          "MISSING_COLUMN", missingColumns(missing, header, source.layout()), source.headerLine());
    }
    RunPlan plan = plan(upload, vendor, chosen.mapping, mapping);
    RowChecker checker = checkers.of(vendor, plan.conversion());
    if (upload.checkpoint() == 0 && mustReadTwice(upload, source)) {
      readThrough(source);
    }
    return new Ready(
        plan,
        source,
        mapping,
        checker,
        new UploadStore.Beginning(
            header,
            source.sheetNumber(),
            source.description(),
            source.estimatedRows(),
            mappings.toJson(chosen.mapping),
            chosen.id,
            chosen.notes),
        chosen.suggested);
  }

  /// What single rows of an upload that was read before are checked with.
  record Checks(RunPlan plan, MappingPlan mapping, RowChecker checker) {}

  /// @throws FileFailure when the upload never came as far as a mapping
  Checks checks(UploadRow upload, Vendor vendor) {
    if (upload.mapping() == null) {
      throw new FileFailure("NOT_READ", "this file was never read; send it again", null);
    }
    Mapping mapping = mappings.fromJson(upload.mapping());
    MappingPlan compiled = compile(mapping, upload.header());
    RunPlan plan = plan(upload, vendor, mapping, compiled);
    return new Checks(plan, compiled, checkers.of(vendor, plan.conversion()));
  }

  /// What rows that wait are compared with the catalogue by: it needs no exchange rate.
  RunPlan comparison(UploadRow upload, Vendor vendor) {
    Mapping mapping = mappings.fromJson(Objects.requireNonNull(upload.mapping()));
    Set<Field> mapped = mapped(mapping);
    return new RunPlan(
        upload.id(),
        vendor,
        mapped,
        CandidateMaker.customFields(mapped, compile(mapping, upload.header()).customNames()),
        catalogue.currency(),
        null,
        null,
        upload.submittedBy());
  }

  /// Keeps a mapping that has served for the vendor's files with this header.
  ///
  /// @return its id, if it was kept
  Optional<UUID> remember(Connection transaction, Ready ready) {
    Mapping suggested = ready.suggested();
    return suggested == null
        ? Optional.empty()
        : mappings.remember(
            transaction, ready.plan().vendor().code(), ready.beginning().header(), suggested);
  }

  private RunPlan plan(UploadRow upload, Vendor vendor, Mapping mapping, MappingPlan compiled) {
    Set<Field> mapped = mapped(mapping);
    return new RunPlan(
        upload.id(),
        vendor,
        mapped,
        CandidateMaker.customFields(mapped, compiled.customNames()),
        catalogue.currency(),
        conversion(vendor),
        publishAt(vendor),
        upload.submittedBy());
  }

  private SourceFile open(UploadRow upload, Vendor vendor) {
    return open(upload, limits(upload, vendor));
  }

  /// Opens a kept file without the vendor's limits.
  ///
  /// @param decimal how the number cells of a workbook are written; null: as its texts are
  /// @param sheet another sheet of a workbook than the one that is read; null: that one
  SourceFile open(
      UploadRow upload, Mapping.@Nullable DecimalStyle decimal, @Nullable Integer sheet) {
    SourceFile opened = open(upload, Limits.ofOperator());
    SourceFile source = sheet == null ? meant(upload, opened) : onSheet(opened, sheet);
    return decimal == null ? asItsTexts(source) : written(source, decimal);
  }

  private static SourceFile onSheet(SourceFile source, int sheet) {
    try {
      return source.onSheet(sheet);
    } catch (TabularException e) {
      throw failure(e);
    }
  }

  private SourceFile open(UploadRow upload, Limits limits) {
    Path path = files.path(upload.contentHash());
    try {
      return SourceFile.of(
          TabularFile.inspect(path, upload.fileName(), limits), edits.pass(upload.vendor()));
    } catch (TabularException e) {
      throw failure(e);
    }
  }

  private static SourceFile written(SourceFile source, Mapping.DecimalStyle style) {
    try {
      return source.written(style);
    } catch (TabularException e) {
      throw failure(e);
    }
  }

  private static SourceFile asItsTexts(SourceFile source) {
    try {
      return source.writtenAsItsTexts();
    } catch (TabularException e) {
      throw failure(e);
    }
  }

  private static Limits limits(UploadRow upload, Vendor vendor) {
    return switch (upload.limits()) {
      case OPERATOR -> Limits.ofOperator();
      case SUPPLIER ->
          Limits.ofSupplier()
              .withMaxBytes(vendor.limits().errorFileBytes())
              .withMaxRows(vendor.limits().fileRows());
    };
  }

  static FileFailure failure(TabularException e) {
    return new FileFailure(
        e.code().name(), String.valueOf(e.getMessage()), e.line() == 0 ? null : e.line());
  }

  private record Chosen(
      Mapping mapping, @Nullable UUID id, List<String> notes, @Nullable Mapping suggested) {}

  private Chosen choose(UploadRow upload, List<String> header, SourceFile source) {
    Optional<Mappings.Stored> remembered = mappings.remembered(upload.vendor(), header);
    if (upload.mapping() != null) {
      Mapping mapping = mappings.fromJson(upload.mapping());
      // An earlier run that was suggested it, and died, is as good as one that goes on.
      boolean resumed = !upload.header().isEmpty() && remembered.isEmpty();
      Mapping suggested = resumed ? clear(suggest(upload, header, source)) : null;
      return new Chosen(mapping, null, List.of(), mapping.equals(suggested) ? suggested : null);
    }
    if (remembered.isPresent()) {
      return new Chosen(remembered.get().mapping(), remembered.get().id(), List.of(), null);
    }
    Mappings.Suggestion suggestion = suggest(upload, header, source);
    return new Chosen(suggestion.mapping(), null, suggestion.doubts(), clear(suggestion));
  }

  private Mappings.Suggestion suggest(UploadRow upload, List<String> header, SourceFile source) {
    return mappings.suggest(upload.vendor(), header, asItsTexts(source).sample());
  }

  /// What may be kept once it has served.
  private static @Nullable Mapping clear(Mappings.Suggestion suggestion) {
    return suggestion.ground() == Mappings.Ground.CLEAR ? suggestion.mapping() : null;
  }

  private static MappingPlan compile(Mapping mapping, List<String> header) {
    try {
      return MappingPlan.compile(mapping, header);
    } catch (OnboardingException e) {
      throw new FileFailure("MAPPING_DOES_NOT_FIT", String.valueOf(e.getMessage()), null);
    }
  }

  /// With the sheet of a workbook that is meant; when none serves, with the one that comes nearest.
  private SourceFile meant(UploadRow upload, SourceFile opened) {
    try {
      Integer chosen = upload.sheet();
      if (!upload.header().isEmpty()) {
        return opened.begunWith(upload.header(), chosen);
      }
      return chosen == null
          ? opened.sheetLacking(sheet -> lacking(upload, sheet))
          : opened.onSheet(chosen);
    } catch (TabularException e) {
      throw failure(e);
    }
  }

  /// How many required fields have no column on a sheet.
  private int lacking(UploadRow upload, SourceFile sheet) {
    List<String> header = sheet.header();
    try {
      return compile(choose(upload, header, sheet).mapping, header).missingRequired().size();
    } catch (FileFailure e) {
      return Integer.MAX_VALUE;
    }
  }

  private static String missingColumns(List<Field> missing, List<String> header, Layout layout) {
    String names = missing.stream().map(Field::column).collect(Collectors.joining(", "));
    String columns =
        header.stream().limit(30).collect(Collectors.joining(", "))
            + (header.size() > 30 ? ", …" : "");
    return (missing.size() == 1 ? "the required column " : "the required columns ")
        + names
        + (missing.size() == 1 ? " is" : " are")
        + " missing; "
        + (layout.sheets().size() < 2
            ? "the file has: "
            : "no other %s has all that are required; the sheet \"%s\" has: "
                .formatted(
                    layout.sheets().size() > SourceFile.MOST_SHEETS
                        ? "of the first %d sheets".formatted(SourceFile.MOST_SHEETS)
                        : "sheet",
                    nameOfSheet(layout)))
        + columns
        + (looksLikeTitle(missing, header)
            ? ". Row %d, the first, looks like a title: remove what stands above the names of the columns and send the file again; if these are the names, map the columns and run the file again"
                .formatted(layout.headerLine())
            : ". Rename a column, or map the columns and run the file again");
  }

  /// Whether the first row has too few names for a product's columns, and hardly any of them.
  private static boolean looksLikeTitle(List<Field> missing, List<String> header) {
    long names = header.stream().filter(name -> !name.isBlank()).count();
    long required = Arrays.stream(Field.values()).filter(Field::required).count();
    return missing.size() >= required - 1 && names <= MOST_CELLS_OF_TITLE;
  }

  private static String nameOfSheet(Layout layout) {
    Layout.Sheet sheet = layout.sheet();
    return sheet == null ? "" : sheet.name();
  }

  private static boolean mustReadTwice(UploadRow upload, SourceFile source) {
    return upload.limits() == Uploads.Limits.SUPPLIER
        || source.layout().format() == Layout.Format.XLSX
        || source.layout().compression() != Layout.Compression.NONE
        || upload.bytes() <= ALWAYS_READ_TWICE_BYTES;
  }

  /// Reads the whole file once without doing anything, so that a fault of the file as a whole (cut
  /// short, too many rows, damaged) is found before a row is applied.
  private static void readThrough(SourceFile source) {
    try (SourceRows rows = source.rows()) {
      long count = 0;
      while (rows.next() != null) {
        count++;
      }
      if (count == 0) {
        throw new FileFailure(
            "NO_ROWS",
            (source.layout().sheets().size() < 2
                    ? "the file"
                    : "the sheet \"%s\"".formatted(nameOfSheet(source.layout())))
                + " has a header but no rows below it; add rows and send it again",
            source.headerLine());
      }
      source.counted(count);
    } catch (TabularException e) {
      throw failure(e);
    }
  }

  private static Set<Field> mapped(Mapping mapping) {
    EnumSet<Field> fields = EnumSet.noneOf(Field.class);
    mapping.fields().forEach(field -> fields.add(field.field()));
    return fields;
  }

  private RateTable.@Nullable Conversion conversion(Vendor vendor) {
    String from = vendor.currency().getCurrencyCode();
    if (from.equals(catalogue.currency())) {
      return null;
    }
    return new RateTable(catalogue.rates())
        .conversion(vendor.currency(), Currency.getInstance(catalogue.currency()))
        .orElseThrow(() ->
            new FileFailure(
                "MISSING_EXCHANGE_RATE",
                "there is no exchange rate from "
                    + from
                    + " to "
                    + catalogue.currency()
                    + "; an operator must set one, then run the file again",
                null));
  }

  private @Nullable Instant publishAt(Vendor vendor) {
    Instant launch = vendor.launchAt();
    return launch != null && launch.isAfter(clock.instant()) ? launch : null;
  }
}
