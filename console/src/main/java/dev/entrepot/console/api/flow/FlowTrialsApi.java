package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.FieldStory;
import dev.entrepot.flow.mapping.KnownFields;
import dev.entrepot.flow.mapping.MappingCoverage;
import dev.entrepot.flow.mapping.MappingPreview;
import dev.entrepot.flow.mapping.Problem;
import dev.entrepot.flow.runs.RunRecords;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tries mappings on records before they are kept: given ones, those of a client's latest runs, or
/// the first of its source.
public final class FlowTrialsApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);
  private static final Access RUN = Access.needs(Permission.RUN_FLOWS);
  private static final int MOST_SHOWN = 200;
  private static final int MOST_COUNTED = 2_000;
  private static final int USUALLY_SHOWN = 5;
  private static final int USUALLY_COUNTED = 100;
  private static final long SAMPLE_BYTES = 8L << 20;

  /// @param name of a mapping that is kept; or the mapping itself, or its text
  /// @param client whose latest records are taken when none are given
  /// @param count how many records of the client's
  private record Trial(
      @Nullable String name,
      @Nullable JsonNode mapping,
      @Nullable String text,
      @Nullable String client,
      @Nullable List<JsonNode> records,
      @Nullable Integer count) {}

  private record Mapped(
      @Nullable String key,
      boolean rejected,
      Map<String, @Nullable Object> source,
      Map<String, @Nullable Object> canonical,
      Map<String, @Nullable Object> item,
      List<Problem> problems,
      List<FieldStory> fields) {
    static Mapped of(MappingPreview preview) {
      return new Mapped(
          preview.result().key(),
          !preview.result().problems().isEmpty(),
          preview.source().values(),
          preview.result().canonical().values(),
          preview.result().item().values(),
          preview.result().problems(),
          preview.fields());
    }
  }

  private final FlowConfig config;
  private final RunRecords records;

  public FlowTrialsApi(Flows flows) {
    this.config = flows.config();
    this.records = flows.records();
  }

  public List<Route> routes() {
    String mappings = ApiPath.of("/flows/mappings");
    return List.of(
        Route.post(mappings + "/preview", "previewFlowMapping", READ, this::preview)
            .taking(Body.json(SAMPLE_BYTES)),
        Route.post(mappings + "/coverage", "coverFlowMapping", READ, this::coverage)
            .taking(Body.json(SAMPLE_BYTES)),
        Route.get(
            ApiPath.of("/flows/clients/{id}/sample"), "sampleClientSource", RUN, this::sample));
  }

  private Answer preview(Exchange exchange) {
    Trial trial = exchange.json(Trial.class);
    CompiledMapping mapping = config.mappings().compile(tree(trial));
    List<Mapped> mapped =
        sources(trial, USUALLY_SHOWN, MOST_SHOWN).stream()
            .map(source -> Mapped.of(MappingPreview.of(mapping, source)))
            .toList();
    return Answer.json(Items.all(mapped));
  }

  private Answer coverage(Exchange exchange) {
    Trial trial = exchange.json(Trial.class);
    ConfigTree tree = tree(trial);
    CompiledMapping mapping = config.mappings().compile(tree);
    return Answer.json(
        MappingCoverage.of(
            mapping, known(trial, mapping), sources(trial, USUALLY_COUNTED, MOST_COUNTED)));
  }

  private KnownFields known(Trial trial, CompiledMapping mapping) {
    if (trial.client() == null) {
      return config.systems().fields(mapping.document().productType());
    }
    ClientConfig client = config.clients().require(trial.client()).config();
    return config.systems().fields(client.source(), client.destination());
  }

  private ConfigTree tree(Trial trial) {
    return trial.name() == null
        ? Trees.either(trial.mapping(), trial.text(), "mapping")
        : ConfigTree.of(config.mappings().require(trial.name()).tree());
  }

  private List<Fields> sources(Trial trial, int usual, int most) {
    if (trial.records() != null) {
      if (trial.records().size() > most) {
        throw ProblemException.invalid(
            "records",
            "there are %d records, more than %d; send fewer"
                .formatted(trial.records().size(), most));
      }
      return trial.records().stream().map(Trees::record).toList();
    }
    if (trial.client() == null) {
      throw ProblemException.invalid(
          "records", "there is nothing to try it on; send records, or name a client");
    }
    String client = config.clients().require(trial.client()).config().id();
    int count = Math.clamp(trial.count() == null ? usual : trial.count(), 1, most);
    return records.samples(client, count);
  }

  private Answer sample(Exchange exchange) throws InterruptedException {
    int count = exchange.integer("count", USUALLY_SHOWN, 1, MOST_SHOWN);
    try {
      return Answer.json(
          Items.all(
              config.reach().sample(exchange.variable("id"), count).stream()
                  .map(Fields::values)
                  .toList()));
    } catch (IllegalArgumentException | RemoteException e) {
      throw ProblemException.invalid(null, String.valueOf(e.getMessage()));
    }
  }
}
