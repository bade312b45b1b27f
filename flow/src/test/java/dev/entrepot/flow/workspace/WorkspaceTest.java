package dev.entrepot.flow.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ConfigWorld;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.flow.workspace.PlannedChange.Action;
import dev.entrepot.flow.workspace.PlannedChange.Difference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  private static final String CLIENT_FILE = "clients/acme.yaml";
  private static final String MAPPING_FILE = "mappings/kong-standard.yaml";

  private final ConfigWorld world = new ConfigWorld();
  private final Workspace workspace = world.config.workspace();
  private final Map<String, String> files =
      new HashMap<>(Map.of(CLIENT_FILE, ConfigWorld.ACME, MAPPING_FILE, ConfigWorld.MAPPING));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void createsUpdatesAndLeavesAlone() {
    WorkspacePlan plan = plan(false);
    assertThat(plan.changes())
        .extracting(PlannedChange::name, PlannedChange::action)
        .containsExactly(tuple("kong-standard", Action.CREATE), tuple("acme", Action.CREATE));
    assertThat(world.config.clients().find("acme")).isEmpty();
    assertThat(workspace.apply(ConfigWorld.ANNA, plan)).hasSize(2);
    assertThat(plan(false).empty()).isTrue();

    files.compute(
        CLIENT_FILE, (_, text) -> String.valueOf(text).replace("page_size: 500", "page_size: 100"));
    assertThat(plan(false).changes().getLast())
        .isEqualTo(
            new PlannedChange(
                PlannedChange.Kind.CLIENT,
                "acme",
                Action.UPDATE,
                1,
                List.of(new Difference("flow.page_size", "500", "100"))));
    workspace.apply(ConfigWorld.ANNA, plan(false));
    assertThat(world.config.clients().require("acme").revision()).isEqualTo(2);
    assertThat(world.config.mappings().require("kong-standard").revision()).isEqualTo(1);
    assertThat(world.activities("client/"))
        .containsExactly(
            "user:anna@example.com client.update client/acme",
            "user:anna@example.com client.create client/acme");
  }

  @Test
  void deletesOnlyWhenItIsTold() {
    workspace.apply(ConfigWorld.ANNA, plan(false));
    files.clear();

    assertThat(plan(false).changes()).extracting(PlannedChange::action).containsOnly(Action.KEPT);
    assertThat(plan(false).empty()).isTrue();
    assertThat(plan(true).count(Action.DELETE)).isEqualTo(2);
    workspace.apply(ConfigWorld.ANNA, plan(true));
    assertThat(world.config.clients().find("acme")).isEmpty();
    assertThat(world.config.mappings().productTypes()).isEmpty();
    assertThat(world.config.mappings().revisions("kong-standard").getFirst().tree()).isNull();
  }

  @Test
  void refusesWhenTheConfigurationChangedSinceThePlan() {
    workspace.apply(ConfigWorld.ANNA, plan(false));
    files.compute(CLIENT_FILE, (_, text) -> text + "aws_account_id: 123456789012\n");
    WorkspacePlan plan = plan(false);
    ClientConfig other =
        ConfigWorld.client(ConfigWorld.ACME.replace("client_name: Acme", "client_name: Other"));
    world.config.clients().update(ConfigWorld.ANNA, other, 1);

    assertThatThrownBy(() -> workspace.apply(ConfigWorld.ANNA, plan))
        .isInstanceOfSatisfying(
            FlowConfigException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT))
        .hasMessageContaining("acme");
    assertThat(world.config.clients().require("acme").config()).isEqualTo(other);
  }

  @Test
  void refusesWhenSomethingWasAddedSinceThePlan() {
    WorkspacePlan plan = plan(false);
    world.config.clients().create(ConfigWorld.ANNA, ConfigWorld.client("new", ConfigWorld.ACME));

    assertThatThrownBy(() -> workspace.apply(ConfigWorld.ANNA, plan)).hasMessageContaining("new");
    assertThat(world.config.clients().find("acme")).isEmpty();
  }

  @Test
  void tellsAllProblemsWithTheirLines() {
    files.put(CLIENT_FILE, ConfigWorld.ACME.replace("product_type: kong", "product_type: kng"));
    files.put(MAPPING_FILE, ConfigWorld.MAPPING.replace("to: name", "to: nam"));
    files.put("mappings/broken.yaml", "a: b: c\n");
    files.put("clients/again.yaml", ConfigWorld.ACME);
    files.put("clients/twice.yaml", "client_id: x\nclient_id: y\n");
    files.put("stray.yaml", "x: 1\n");

    assertThat(workspace.validate(new WorkspaceFiles(files)).problems())
        .extracting(FileProblem::toString)
        .anyMatch(line -> line.startsWith("clients/acme.yaml:3: product_type: there is no product"))
        .anyMatch(
            line -> line.startsWith("mappings/kong-standard.yaml:6: mappings.product.name.to:"))
        .anyMatch(line -> line.startsWith("mappings/broken.yaml:1: line 1:"))
        .anyMatch(
            line -> line.startsWith("clients/again.yaml:1: client acme is in clients/acme.yaml"))
        .anyMatch(line -> line.startsWith("clients/again.yaml:1: warning: the file is not called"))
        .anyMatch(
            line -> line.startsWith("clients/twice.yaml:2: client_id: client_id is there twice"))
        .anyMatch(line -> line.startsWith("stray.yaml:1: warning:"));
    assertThatThrownBy(() -> plan(false))
        .isInstanceOf(FlowConfigException.class)
        .hasMessageContaining("mappings/kong-standard.yaml:6");
  }

  @Test
  void takesMappingsAsTheyAreGivenInJson() {
    files.remove(MAPPING_FILE);
    files.put(
        "mappings/kong-standard.json",
        ConfigTree.json(ConfigWorld.tree(ConfigWorld.MAPPING).value()));

    workspace.apply(ConfigWorld.ANNA, plan(false));
    assertThat(world.config.mappings().require("kong-standard").document().fields()).hasSize(4);
  }

  @Test
  void whatIsExportedChangesNothing(@TempDir Path folder) {
    files.compute(
        CLIENT_FILE,
        (_, text) -> String.valueOf(text).replace("client_name: Acme", "client_name: \"no\""));
    workspace.apply(ConfigWorld.ANNA, plan(false));
    world.config.secrets().set(ConfigWorld.ANNA, "acme", "kong", "{\"api_key\": \"top-secret\"}");
    workspace.export().write(folder);

    WorkspaceFiles read = WorkspaceFiles.read(folder);
    assertThat(read.texts()).containsOnlyKeys(CLIENT_FILE, MAPPING_FILE);
    assertThat(read.texts().toString()).doesNotContain("top-secret");
    assertThat(workspace.validate(read).problems()).isEmpty();
    assertThat(workspace.plan(read, true).empty()).isTrue();
  }

  private WorkspacePlan plan(boolean prune) {
    return workspace.plan(new WorkspaceFiles(files), prune);
  }
}
