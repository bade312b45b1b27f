package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.rules.MappingPreview;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How suppliers' columns become ours.
public final class MappingsApi {
  private static final Access READ = Access.needs(Permission.READ_MAPPINGS);
  private static final Access WRITE = Access.needs(Permission.WRITE_MAPPINGS);
  private static final long SAMPLE_BYTES = 8L << 20;

  private record Sample(@Nullable String vendor, List<String> header, List<List<String>> rows) {}

  private record Trial(
      @Nullable String vendor, JsonNode mapping, List<String> header, List<List<String>> rows) {}

  private record NewMapping(@Nullable String vendor, List<String> header, JsonNode mapping) {}

  private record MappingAnswer(
      UUID id,
      String vendor,
      String layout,
      int revision,
      @JsonRawValue String mapping,
      String createdBy,
      Instant createdAt) {}

  private final Mappings mappings;
  private final MappingPreview previews;

  public MappingsApi(Mappings mappings, MappingPreview previews) {
    this.mappings = mappings;
    this.previews = previews;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/mappings"), "listMappings", READ, this::list),
        Route.post(ApiPath.of("/mappings"), "saveMapping", WRITE, this::save).replayed(),
        Route.get(ApiPath.of("/mappings/{id}"), "getMapping", READ, this::get),
        Route.post(ApiPath.of("/mappings/suggest"), "suggestMapping", READ, this::suggest)
            .taking(Body.json(SAMPLE_BYTES)),
        Route.post(ApiPath.of("/mappings/preview"), "previewMapping", READ, this::preview)
            .taking(Body.json(SAMPLE_BYTES)));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.all(
            mappings
                .list(Tenancy.vendor(exchange), exchange.query().text("layout").orElse(null))
                .stream()
                .map(this::answer)
                .toList()));
  }

  private Answer get(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return Answer.json(
        mappings
            .find(id)
            .filter(stored -> exchange.principal().sees(stored.vendor()))
            .map(this::answer)
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no mapping " + id + "; list them to see their ids")));
  }

  private Answer suggest(Exchange exchange) {
    Sample sample = exchange.json(Sample.class);
    return Answer.json(
        UploadsApi.SuggestionAnswer.of(
            mappings,
            mappings.suggest(
                Tenancy.vendorNamed(exchange, sample.vendor()), sample.header(), sample.rows())));
  }

  private Answer preview(Exchange exchange) {
    Trial trial = exchange.json(Trial.class);
    return Answer.json(
        Items.all(
            previews.rows(
                Tenancy.vendorNamed(exchange, trial.vendor()),
                mappings.fromJson(trial.mapping().toString()),
                trial.header(),
                trial.rows())));
  }

  private Answer save(Exchange exchange) {
    NewMapping mapping = exchange.json(NewMapping.class);
    Mappings.Stored stored =
        mappings.save(
            exchange.principal().actor(),
            Tenancy.vendorNamed(exchange, mapping.vendor()),
            mapping.header(),
            mappings.fromJson(mapping.mapping().toString()));
    return Answer.created(ApiPath.of("/mappings/" + stored.id()), answer(stored));
  }

  private MappingAnswer answer(Mappings.Stored stored) {
    return new MappingAnswer(
        stored.id(),
        stored.vendor(),
        stored.layout(),
        stored.revision(),
        mappings.toJson(stored.mapping()),
        stored.createdBy(),
        stored.createdAt());
  }
}
