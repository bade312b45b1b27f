package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.Mapping;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.tabular.Layout;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Uploads as a whole.
public final class UploadsApi {
  private static final Access READ = Access.needs(Permission.READ_UPLOADS);
  private static final Access WRITE = Access.needs(Permission.WRITE_UPLOADS);
  private static final int MOST_SAMPLE_ROWS = 200;

  private record Rerun(@Nullable JsonNode mapping, @Nullable Integer sheet) {}

  /// @param mapping as [Mappings#toJson]
  record SuggestionAnswer(
      @JsonRawValue String mapping, String origin, List<Field> missing, List<String> notes) {
    static SuggestionAnswer of(Mappings mappings, Mappings.Suggestion suggestion) {
      return new SuggestionAnswer(
          mappings.toJson(suggestion.mapping()),
          suggestion.origin(),
          suggestion.missing(),
          suggestion.notes());
    }
  }

  private record SampleAnswer(
      List<String> header,
      List<List<String>> rows,
      List<Long> lines,
      Layout.@Nullable Sheet sheet,
      List<Layout.Sheet> sheets,
      SuggestionAnswer suggestion) {}

  private final Uploads uploads;
  private final Mappings mappings;
  private final UploadIntake intake;

  public UploadsApi(Uploads uploads, Mappings mappings) {
    this.uploads = uploads;
    this.mappings = mappings;
    this.intake = new UploadIntake(uploads, mappings);
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/uploads"), "listUploads", READ, this::list),
        Route.post(ApiPath.of("/uploads"), "createUpload", WRITE, intake::submit)
            .taking(Body.stream())
            // The same bytes of a vendor are the same upload.
            .recognised(),
        Route.get(ApiPath.of("/uploads/{id}"), "getUpload", READ, this::get),
        Route.get(ApiPath.of("/uploads/{id}/file"), "getUploadFile", READ, this::file),
        Route.get(ApiPath.of("/uploads/{id}/sample"), "getUploadSample", READ, this::sample),
        Route.post(ApiPath.of("/uploads/{id}/rerun"), "rerunUpload", WRITE, this::rerun).replayed(),
        Route.post(ApiPath.of("/uploads/{id}/cancel"), "cancelUpload", WRITE, this::cancel)
            .taking(Body.none()));
  }

  private Answer list(Exchange exchange) {
    Uploads.Query query =
        new Uploads.Query(
            Tenancy.vendor(exchange),
            exchange.choice("state", Upload.State.class).orElse(null),
            exchange.query().text("q").orElse(null),
            exchange.choice("mendable", Uploads.Mendable.class).orElse(Uploads.Mendable.ANY));
    return Answer.json(
        Items.of(
            uploads.list(
                query, exchange.query().text("cursor").orElse(null), exchange.pageSize())));
  }

  private Answer get(Exchange exchange) {
    return Answer.json(Tenancy.upload(exchange, uploads));
  }

  private Answer file(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    uploads.requireOriginal(upload.id());
    Answer.Stream content =
        new Answer.Stream(
            "application/octet-stream",
            upload.bytes(),
            out -> uploads.writeOriginal(upload.id(), out));
    return new Answer(200, List.of(), content).download(upload.fileName());
  }

  private Answer sample(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    int sheet = exchange.integer("sheet", 0, 1, Integer.MAX_VALUE);
    Uploads.Sample sample =
        uploads.sample(
            upload.id(),
            exchange.integer("rows", 10, 1, MOST_SAMPLE_ROWS),
            null,
            sheet == 0 ? null : Integer.valueOf(sheet));
    return Answer.json(
        new SampleAnswer(
            sample.header(),
            sample.rows(),
            sample.lines(),
            sample.sheet(),
            sample.sheets(),
            SuggestionAnswer.of(mappings, sample.suggestion())));
  }

  private Answer cancel(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    return Answer.json(
        uploads.cancel(exchange.principal().actor(), upload.id(), ApprovalsApi.AT_MOST));
  }

  private Answer rerun(Exchange exchange) {
    Upload upload = Tenancy.upload(exchange, uploads);
    Rerun wish = exchange.json(Rerun.class);
    JsonNode given = wish.mapping();
    Mapping mapping = given == null || given.isNull() ? null : mappings.fromJson(given.toString());
    return UploadAnswer.of(
        uploads.rerun(exchange.principal().actor(), upload.id(), mapping, wish.sheet()));
  }
}
