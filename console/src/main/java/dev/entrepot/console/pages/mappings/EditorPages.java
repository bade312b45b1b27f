package dev.entrepot.console.pages.mappings;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.access.Principal;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.pages.uploads.UploadScope;
import dev.entrepot.console.pages.uploads.UploadTabs;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Fragment;
import dev.entrepot.console.view.Heading;
import dev.entrepot.console.view.MappingEditor;
import dev.entrepot.console.view.Option;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tab;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.rules.MappingPreview;
import dev.entrepot.onboarding.tabular.Layout;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The mapping of one file, edited with a preview on its own first rows.
final class EditorPages {
  private static final int SAMPLE = 20;

  private final Shell shell;
  private final Uploads uploads;
  private final Mappings mappings;
  private final MappingPreview previews;

  EditorPages(Shell shell, Onboarding onboarding) {
    this.shell = shell;
    this.uploads = onboarding.uploads();
    this.mappings = onboarding.mappings();
    this.previews = onboarding.mappingPreview();
  }

  Answer show(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Attempt<Uploads.Sample> attempt = Refusal.attempt(() -> sample(exchange, upload, null));
    return switch (attempt) {
      case Attempt.Done<Uploads.Sample>(Uploads.Sample sample) -> {
        Mapping mapping = stored(exchange, upload).orElseGet(() -> sample.suggestion().mapping());
        yield editor(exchange, 200, upload, sample(exchange, upload, mapping), mapping, null);
      }
      case Attempt.Refused<Uploads.Sample>(Refusal refusal) ->
          shell.show(
              exchange,
              UploadTabs.page(exchange.principal(), upload, UploadTabs.Tabs.MAPPING)
                  .with(
                      new Part.Message(
                          Tone.BAD,
                          "The file cannot be read, so there is nothing to map. "
                              + refusal.message(),
                          Action.link("Back to the verdict", "/uploads/" + upload.id()))));
    };
  }

  /// The file's first rows, the numbers of a workbook written as the mapping reads them.
  private Uploads.Sample sample(Exchange exchange, Upload upload, @Nullable Mapping mapping) {
    int sheet = exchange.integer("sheet", 0, 1, Integer.MAX_VALUE);
    return uploads.sample(
        upload.id(),
        SAMPLE,
        mapping == null ? null : mapping.decimal(),
        sheet == 0 ? null : Integer.valueOf(sheet));
  }

  /// The mapping that was asked for instead of the suggested one.
  private Optional<Mapping> stored(Exchange exchange, Upload upload) {
    Optional<String> from = exchange.query().text("from");
    if (from.isEmpty()) {
      return Optional.empty();
    }
    try {
      return mappings
          .find(UUID.fromString(from.get()))
          .filter(stored -> stored.vendor().equals(upload.vendor()))
          .map(Mappings.Stored::mapping);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Answer preview(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Uploads.Sample sample = sample(exchange, upload, null);
    Attempt<Mapping> attempt =
        Refusal.attempt(() -> new EditedMapping(exchange.form(), sample.header()).mapping());
    return shell.fragment(
        new Fragment(
            switch (attempt) {
              case Attempt.Done<Mapping>(Mapping mapping) ->
                  preview(upload, sample(exchange, upload, mapping), mapping);
              case Attempt.Refused<Mapping>(Refusal refusal) -> refused(refusal);
            },
            ""));
  }

  private List<Part> preview(Upload upload, Uploads.Sample sample, Mapping mapping) {
    Attempt<List<MappingPreview.PreviewRow>> attempt =
        Refusal.attempt(
            () -> previews.rows(upload.vendor(), mapping, sample.header(), sample.rows()));
    return switch (attempt) {
      case Attempt.Done<List<MappingPreview.PreviewRow>>(List<MappingPreview.PreviewRow> rows) ->
          PreviewParts.of(mapping, rows, sample.lines());
      case Attempt.Refused<List<MappingPreview.PreviewRow>>(Refusal refusal) -> refused(refusal);
    };
  }

  private static List<Part> refused(Refusal refusal) {
    return List.of(new Part.Message(Tone.BAD, refusal.message(), null));
  }

  Answer save(Exchange exchange) {
    Upload upload = UploadScope.require(exchange, uploads);
    Form form = exchange.form();
    Uploads.Sample sample = sample(exchange, upload, null);
    Attempt<Mapping> read =
        Refusal.attempt(() -> new EditedMapping(form, sample.header()).mapping());
    return switch (read) {
      case Attempt.Done<Mapping>(Mapping mapping) ->
          form.text("deed").orElse("").equals("preview")
              ? editor(exchange, 200, upload, sample(exchange, upload, mapping), mapping, null)
              : save(exchange, upload, sample, mapping);
      case Attempt.Refused<Mapping>(Refusal refusal) ->
          editor(
              exchange,
              refusal.status(),
              upload,
              sample,
              sample.suggestion().mapping(),
              refusal.message());
    };
  }

  private static @Nullable Integer number(Uploads.Sample sample) {
    Layout.Sheet sheet = sample.sheet();
    return sheet == null ? null : sheet.number();
  }

  private Answer save(Exchange exchange, Upload upload, Uploads.Sample sample, Mapping mapping) {
    boolean run = exchange.form().text("deed").orElse("").equals("run");
    Attempt<String> attempt =
        Refusal.attempt(() -> {
          Mappings.Stored stored =
              mappings.save(
                  exchange.principal().actor(), upload.vendor(), sample.header(), mapping);
          return run
              ? "/uploads/"
                  + uploads
                      .rerun(exchange.principal().actor(), upload.id(), mapping, number(sample))
                      .upload()
                      .id()
              : "/mappings/" + stored.id();
        });
    return switch (attempt) {
      case Attempt.Done<String>(String page) ->
          shell.done(
              page,
              run
                  ? "The mapping was saved; the file is being read once more."
                  : "The mapping was saved. The next file with these columns is read with it.");
      case Attempt.Refused<String>(Refusal refusal) ->
          editor(exchange, refusal.status(), upload, sample, mapping, refusal.message());
    };
  }

  private Answer editor(
      Exchange exchange,
      int status,
      Upload upload,
      Uploads.Sample sample,
      Mapping mapping,
      @Nullable String error) {
    Principal principal = exchange.principal();
    Page page = UploadTabs.page(principal, upload, UploadTabs.Tabs.MAPPING);
    String action = "/uploads/" + upload.id() + "/mapping";
    Layout.Sheet sheet = sample.sheet();
    String onSheet = sheet == null ? "" : "?sheet=" + sheet.number();
    List<Part> notes = new ArrayList<>(page.parts());
    notes.addAll(sheets(action, sample));
    for (String note : sample.suggestion().notes()) {
      notes.add(new Part.Message(Tone.INFO, Words.sentence(note), null));
    }
    Heading heading = page.heading().lead(lead(sample));
    return shell.show(
        exchange,
        status,
        new MappingEditor(
            shell.frame(exchange, page.title(), page.crumbs()),
            heading,
            notes,
            action + onSheet,
            action + "/preview" + onSheet,
            settings(mapping),
            new Entries(sample.header(), sample.rows()).of(mapping),
            kept(sample.header(), mapping),
            rows(sample.header(), mapping),
            preview(upload, sample, mapping),
            principal.may(Permission.WRITE_MAPPINGS),
            error));
  }

  private static String lead(Uploads.Sample sample) {
    Layout.Sheet sheet = sample.sheet();
    String origin = sample.suggestion().origin();
    return "This mapping is "
        + (origin.equals("remembered")
            ? "the one remembered for these columns."
            : "a suggestion: " + origin + ".")
        + (sheet == null ? "" : " It is for the sheet \"" + sheet.name() + "\".");
  }

  /// The sheets of a workbook, of which one is mapped.
  private static List<Part> sheets(String action, Uploads.Sample sample) {
    Layout.Sheet mapped = sample.sheet();
    return mapped == null || sample.sheets().size() < 2
        ? List.of()
        : List.of(
            new Part.Tabs(
                "Sheets of the workbook",
                sample.sheets().stream()
                    .map(sheet ->
                        Tab.of(
                            sheet.name(),
                            action + "?sheet=" + sheet.number(),
                            sheet.number() == mapped.number()))
                    .toList()));
  }

  private static List<Field> settings(Mapping mapping) {
    return List.of(
        Field.text("name", "Name of the mapping").mandatory().value(mapping.name()),
        Field.select(
                "decimal",
                "Numbers are written",
                List.of(new Option("POINT", "1,234.50"), new Option("COMMA", "1.234,50")))
            .mandatory()
            .value(mapping.decimal().name()),
        Field.select(
                "unknown",
                "Columns not named below",
                List.of(
                    new Option("IGNORE", "are ignored"),
                    new Option("KEEP", "are kept with the product")))
            .mandatory()
            .value(mapping.unknown().name()));
  }

  private static List<Field> kept(List<String> header, Mapping mapping) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i);
      boolean used = mapping.fields().stream().anyMatch(one -> one.sources().contains(column));
      String name = mapping.custom().getOrDefault(column, "");
      if (!used || !name.isEmpty()) {
        fields.add(
            Field.text("kept" + i, column.isBlank() ? "Column " + (i + 1) : column).value(name));
      }
    }
    return fields;
  }

  private static List<Field> rows(List<String> header, Mapping mapping) {
    List<Option> columns = new ArrayList<>();
    columns.add(new Option("", "—"));
    header.forEach(column -> columns.add(Option.of(column)));
    String by = mapping.fillDownBy();
    String reason = mapping.skipReason();
    return List.of(
        Field.select("fillDownBy", "Rows of one product have the same", columns)
            .value(by == null ? "" : by),
        Field.text("skipReason", "Why rows are skipped").value(reason == null ? "" : reason),
        Field.of(Field.Kind.TEXTAREA, "fillDown", "Columns filled from the row above")
            .help("One per line, as in the header.")
            .value(String.join("\n", mapping.fillDown())),
        Field.of(Field.Kind.TEXTAREA, "skipWhenBlank", "Skip rows in which all of these are blank")
            .help("One per line, as in the header.")
            .value(String.join("\n", mapping.skipWhenBlank())));
  }
}
