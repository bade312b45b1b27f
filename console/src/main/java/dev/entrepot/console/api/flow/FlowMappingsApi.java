package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.api.Version;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.Flows;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.MappingName;
import dev.entrepot.flow.mapping.MappingRevision;
import dev.entrepot.flow.mapping.Mappings;
import dev.entrepot.flow.mapping.StoredMapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How records of a source become items of a destination. A mapping's name may hold slashes, which
/// are `%2F` in an address.
public final class FlowMappingsApi {
  private static final Access READ = Access.needs(Permission.READ_FLOWS);
  private static final Access MANAGE = Access.needs(Permission.MANAGE_FLOWS);

  /// @param revision null: the mapping is made
  private record Wanted(
      @Nullable JsonNode mapping, @Nullable String text, @Nullable Integer revision) {}

  private record Checked(@Nullable JsonNode mapping, @Nullable String text) {}

  private record CheckAnswer(boolean usable, List<ConfigProblem> problems) {}

  /// @param clients the ids of those that use it
  /// @param problems what is doubtful about it
  private record MappingAnswer(
      String name,
      String productType,
      String version,
      long revision,
      Instant createdAt,
      Instant updatedAt,
      String updatedBy,
      List<String> clients,
      Map<String, @Nullable Object> mapping,
      String text,
      List<ConfigProblem> problems) {}

  private record MappingLine(
      String name,
      String productType,
      String version,
      long revision,
      Instant updatedAt,
      String updatedBy,
      List<String> clients,
      int fields) {}

  private record RevisionAnswer(
      long revision, @Nullable Map<String, @Nullable Object> mapping, String actor, Instant at) {
    static RevisionAnswer of(MappingRevision revision) {
      return new RevisionAnswer(
          revision.revision(), revision.tree(), revision.actor(), revision.at());
    }
  }

  private final Mappings mappings;

  public FlowMappingsApi(Flows flows) {
    this.mappings = flows.config().mappings();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/flows/mappings");
    String one = all + "/{name}";
    return List.of(
        Route.get(all, "listFlowMappings", READ, this::list),
        Route.post(all + "/check", "checkFlowMapping", READ, this::check),
        Route.get(one, "getFlowMapping", READ, this::find),
        Route.put(one, "putFlowMapping", MANAGE, this::put),
        Route.delete(one, "removeFlowMapping", MANAGE, this::remove),
        Route.get(one + "/revisions", "listFlowMappingRevisions", READ, this::revisions));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.all(
            mappings.all().stream()
                .map(mapping ->
                    new MappingLine(
                        mapping.name(),
                        mapping.document().productType(),
                        mapping.document().version(),
                        mapping.revision(),
                        mapping.updatedAt(),
                        mapping.updatedBy(),
                        mappings.users(mapping.name()),
                        mapping.document().fields().size()))
                .toList()));
  }

  private Answer find(Exchange exchange) {
    return tagged(mappings.require(name(exchange)));
  }

  private Answer put(Exchange exchange) {
    String name = name(exchange);
    Wanted wanted = exchange.json(Wanted.class);
    ConfigTree tree = Trees.either(wanted.mapping(), wanted.text(), "mapping");
    if (wanted.revision() != null || exchange.header("If-Match").isPresent()) {
      return tagged(
          mappings.update(
              exchange.principal().actor(), name, tree, Version.of(exchange, wanted.revision())));
    }
    StoredMapping made = mappings.create(exchange.principal().actor(), name, tree);
    return Answer.created(exchange.path(), answer(made)).with("ETag", Version.tag(made.revision()));
  }

  private Answer check(Exchange exchange) {
    Checked wanted = exchange.json(Checked.class);
    List<ConfigProblem> problems;
    if (wanted.text() == null) {
      problems = mappings.check(Trees.either(wanted.mapping(), null, "mapping"));
    } else {
      // What is no YAML is a finding, too.
      var found = new ConfigProblems();
      ConfigTree tree = ConfigTree.read(wanted.text(), found);
      if (tree.value() != null) {
        found.addAll(mappings.check(tree));
      }
      problems = found.all();
    }
    return Answer.json(
        new CheckAnswer(problems.stream().noneMatch(ConfigProblem::refuses), problems));
  }

  private Answer remove(Exchange exchange) {
    String name = name(exchange);
    mappings.remove(
        exchange.principal().actor(),
        name,
        FlowClientsApi.revision(exchange).orElseGet(() -> mappings.require(name).revision()));
    return Answer.done();
  }

  private Answer revisions(Exchange exchange) {
    String name = name(exchange);
    List<MappingRevision> revisions = mappings.revisions(name);
    if (revisions.isEmpty()) {
      // Those of a removed mapping remain.
      StoredMapping _ = mappings.require(name);
    }
    return Answer.json(Items.all(revisions.stream().map(RevisionAnswer::of).toList()));
  }

  private static String name(Exchange exchange) {
    String name = exchange.variable("name");
    if (!MappingName.valid(name)) {
      throw ProblemException.notFound(
          "\"%s\" cannot be the name of a mapping; take letters, digits, points, hyphens,"
                  .formatted(name)
              + " underscores, and %2F between its parts");
    }
    return name;
  }

  private Answer tagged(StoredMapping mapping) {
    return Answer.json(answer(mapping)).with("ETag", Version.tag(mapping.revision()));
  }

  private MappingAnswer answer(StoredMapping mapping) {
    return new MappingAnswer(
        mapping.name(),
        mapping.document().productType(),
        mapping.document().version(),
        mapping.revision(),
        mapping.createdAt(),
        mapping.updatedAt(),
        mapping.updatedBy(),
        mappings.users(mapping.name()),
        mapping.tree(),
        ConfigTree.yaml(mapping.tree()),
        mappings.check(ConfigTree.of(mapping.tree())));
  }
}
