package dev.entrepot.console.api.flow;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.api.ApiPath;
import dev.entrepot.console.api.Items;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Route;
import dev.entrepot.flow.clients.ClientConfig.Side;
import dev.entrepot.flow.clients.FlowSystems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.StarterMapping;
import dev.entrepot.flow.workspace.WorkspaceSchemas;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What systems can be synchronised, what is to be said of them, and the schemas of files.
public final class FlowSystemsApi {
  private static final Side NOTHING = new Side("", "", "", Map.of());

  private record StepAnswer(String name, String title, int limit) {
    static StepAnswer of(Step step) {
      return new StepAnswer(step.name(), step.title(), step.limit());
    }
  }

  private record SystemAnswer(
      String kind,
      String role,
      String title,
      List<SettingField> settings,
      List<CredentialField> credentials,
      List<FieldSpec> fields,
      List<StepAnswer> steps) {}

  /// @param name that it is usually kept under
  /// @param text the mapping as YAML
  private record StarterAnswer(
      String name,
      String source,
      String productType,
      Map<String, @Nullable Object> mapping,
      String text) {
    static StarterAnswer of(StarterMapping starter) {
      return new StarterAnswer(
          starter.name(),
          starter.source(),
          starter.productType(),
          starter.tree(),
          ConfigTree.yaml(starter.tree()));
    }
  }

  private final FlowSystems systems;

  public FlowSystemsApi(FlowSystems systems) {
    this.systems = systems;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            ApiPath.of("/flows/systems"),
            "listFlowSystems",
            Access.needs(Permission.READ_FLOWS),
            this::list),
        Route.get(
            ApiPath.of("/flows/starter-mappings"),
            "listStarterMappings",
            Access.needs(Permission.READ_FLOWS),
            this::starters),
        schema(WorkspaceSchemas.CLIENT, "getClientSchema"),
        schema(WorkspaceSchemas.MAPPING, "getMappingSchema"));
  }

  private Answer list(Exchange exchange) {
    List<SystemAnswer> all = new ArrayList<>();
    systems.sourceKinds().stream()
        .sorted()
        .flatMap(kind -> systems.source(kind).stream())
        .map(this::source)
        .forEach(all::add);
    systems.productTypes().stream()
        .flatMap(kind -> systems.destination(kind).stream())
        .map(this::destination)
        .forEach(all::add);
    return Answer.json(Items.all(all));
  }

  private Answer starters(Exchange exchange) {
    return Answer.json(Items.all(systems.starters().stream().map(StarterAnswer::of).toList()));
  }

  private SystemAnswer source(RecordSourceFactory factory) {
    return new SystemAnswer(
        factory.kind(),
        "source",
        factory.title(),
        factory.settings(),
        factory.credentials(),
        systems.fields(new Side(factory.kind(), "", "", Map.of()), NOTHING).source(),
        List.of());
  }

  private SystemAnswer destination(RecordDestinationFactory factory) {
    Map<String, String> usual = new TreeMap<>();
    for (SettingField field : factory.settings()) {
      if (field.fallback() != null) {
        usual.put(field.name(), field.fallback());
      }
    }
    return new SystemAnswer(
        factory.kind(),
        "destination",
        factory.title(),
        factory.settings(),
        factory.credentials(),
        systems.fields(factory.kind()).destination(),
        factory.steps(usual).stream().map(StepAnswer::of).toList());
  }

  private static Answer schema(WorkspaceSchemas schema) {
    return Answer.bytes(
        200, "application/schema+json", schema.text().getBytes(StandardCharsets.UTF_8));
  }

  private static Route schema(WorkspaceSchemas schema, String operation) {
    return Route.get(
        ApiPath.of("/flows/schemas/" + schema.fileName()),
        operation,
        Access.open(),
        _ -> schema(schema));
  }
}
