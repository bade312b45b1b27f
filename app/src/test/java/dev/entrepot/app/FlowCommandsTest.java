package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.Fault;
import dev.entrepot.simulators.remote.RemoteSettings;
import dev.entrepot.simulators.siesa.SiesaProducts;
import dev.entrepot.simulators.siesa.SiesaServer;
import dev.entrepot.simulators.siesa.SiesaTenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands of flows against the real program, from nothing to a client that is synchronised.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlowCommandsTest {
  private static final String MAPPING =
      """
      product_type: kong
      mappings:
        product:
          id: {from: f_codigo, to: product_id}
          external_id: {from: f_codigo_externo, to: external_reference}
          name: {from: f_nombre, to: name}
          stock_quantity: {from: f_cantidad, to: quantity, type: decimal}
          rfid_tag_id: {from: f_tag_rfid, to: rfid_tag_id}
      """;

  @TempDir private static Path data;
  @TempDir private static Path files;
  private static Program program;
  private static SiesaServer siesa;
  private static KongServer kong;

  @BeforeAll
  static void start() throws IOException {
    siesa =
        SiesaServer.start(RemoteSettings.unlimited(), List.of(new SiesaTenant("acme", "s-key")));
    siesa.products("acme").load(SiesaProducts.generate(120, 1));
    kong = KongServer.start(RemoteSettings.unlimited(), Map.of("k-key", "acme"));
    program =
        Program.start(
            new SettingsReader(Map.of()).read(data, Map.of(Setting.PORT, "0")), Clock.systemUTC());
    program.announce();
    Files.writeString(files.resolve("kong.yaml"), MAPPING);
  }

  @AfterAll
  static void stop() {
    program.close();
    siesa.server().close();
    kong.server().close();
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(data, arguments);
  }

  private static CommandRun with(String input, String... arguments) {
    return CommandRun.of(Map.of("ENTREPOT_DATA", data.toString()), input, arguments);
  }

  private static CommandRun ok(String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private static JsonNode json(String... arguments) {
    String[] asked = Arrays.copyOf(arguments, arguments.length + 2);
    asked[arguments.length] = "-o";
    asked[arguments.length + 1] = "json";
    return ok(asked).json();
  }

  private static void refused(int code, String message, String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(code);
    assertThat(ended.err()).contains(message).doesNotContain("Exception");
  }

  private static String file(String name) {
    return files.resolve(name).toString();
  }

  @Test
  @Order(1)
  void aClientIsAddedFromNothing() throws IOException {
    assertThat(ok("mapping", "check", file("kong.yaml")).err()).contains("can be used");
    ok("mapping", "add", "kong-standard", file("kong.yaml"));
    refused(1, "already", "mapping", "add", "kong-standard", file("kong.yaml"));
    ok("mapping", "add", "kong-standard", file("kong.yaml"), "--replace");
    assertThat(ok("mapping", "starter", "wms").out()).contains("f_ubicacion").contains("location");
    ok("mapping", "add", "kong-starter", "--starter", "kong");
    refused(2, "siesa to kong", "mapping", "starter", "kongg");
    refused(2, "say which mapping", "mapping", "add", "none");
    Files.writeString(files.resolve("bad.yaml"), "product_type: kong\nmapings: {}\n");
    CommandRun bad = run("mapping", "check", file("bad.yaml"));
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("mapings").contains("mappings");

    refused(1, "perhaps kong is meant", "client", "add", "acme", "--product", "kongg");
    CommandRun added =
        ok(
            "client",
            "add",
            "acme",
            "--product",
            "kong",
            "--mapping",
            "kong-standard",
            "--siesa-url",
            siesa.server().uri().toString(),
            "--product-url",
            kong.server().uri().toString(),
            "--schedule",
            "rate(6 hours)");
    assertThat(added.out()).contains("client secret set acme siesa");
    assertThat(run("client", "check", "acme").out()).contains("siesa-integration/acme/siesa");
    assertThat(with("{\"api_key\": \"s-key\"}", "client", "secret", "set", "acme", "siesa").code())
        .isZero();
    assertThat(with("{\"api_key\": \"k-key\"}", "client", "secret", "set", "acme", "kong").code())
        .isZero();
    assertThat(ok("client", "secret", "list", "acme").out())
        .contains("siesa-integration/acme/kong")
        .doesNotContain("k-key");
    assertThat(ok("client", "check", "acme").out())
        .contains("ok      Siesa answers")
        .contains("ok      Kong answers")
        .contains("120");
    assertThat(ok("client", "list").out()).contains("acme").contains("rate(6 hours)");
  }

  @Test
  @Order(2)
  void aPlanShowsWhatWouldBeWrittenAndIsAppliedWhenSaidSo() {
    CommandRun planned = ok("plan", "--client", "acme");
    assertThat(planned.out())
        .contains("120 read: 120 to create, 0 to update, 0 to delete, 0 unchanged")
        .contains("Products: 120 records in 2 calls")
        .contains("create");
    assertThat(planned.err()).contains("nothing was written; write it with: entrepot apply --run");
    assertThat(kong.products().size()).isZero();
    String run = json("run", "list", "--client", "acme").at("/items/0/id").asString();
    assertThat(json("plan", "--client", "acme").at("/forecast/changes/create").asInt())
        .isEqualTo(120);
    assertThat(ok("apply", "--run", run).err()).contains("nothing was done; do it with --yes");
    assertThat(kong.products().size()).isZero();
    assertThat(ok("apply", "--run", run, "--yes").out()).contains("success").contains("120");
    assertThat(kong.products().size()).isEqualTo(120);
    String overtaken = json("run", "list", "--client", "acme").at("/items/0/id").asString();
    assertThat(ok("run", "list", "--client", "acme").out()).contains("overtaken");
    assertThat(ok("run", "show", overtaken).out()).contains("entrepot plan --client acme");
    refused(1, "has begun since this plan was made", "apply", "--run", overtaken, "--yes");
    refused(2, "say what to apply", "apply");
    refused(2, "say what to plan", "plan");
  }

  @Test
  @Order(3)
  void aRunSaysWhichRecordsWereRejectedAndWhy() {
    siesa.products("acme").change("P0000007", product -> product.name("REJECT me"));
    siesa.products("acme").change("P0000008", product -> product.name("Another name"));
    kong.server().faults().add(Fault.rejectItems("name", "REJECT"));
    CommandRun ended = run("run", "start", "acme", "--mode", "initial");
    kong.server().faults().clear();
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(3);
    assertThat(ended.out()).contains("partial").contains("118 unchanged");
    String run = json("run", "list", "--limit", "1").at("/items/0/id").asString();
    assertThat(ok("run", "records", run, "--outcome", "rejected").out()).contains("P0000007");
    assertThat(ok("run", "records", run, "--change", "update").out()).contains("Another name");
    assertThat(ok("run", "result", run).json().path("records_failed").asInt()).isEqualTo(1);
    assertThat(ok("run", "exchanges", run).out()).contains("/products/bulk");
    assertThat(ok("run", "exchanges", run, "--failures").out()).contains("1 of 2");
    assertThat(ok("client", "list").out()).contains("OUTSTANDING");
    assertThat(ok("client", "show", "acme").err()).contains("entrepot client outstanding acme");
    assertThat(ok("client", "outstanding", "acme").out())
        .contains("P0000007")
        .contains("destination");
    assertThat(ok("client", "outstanding", "acme", "--by", "mapping").err())
        .contains("nothing of client acme is outstanding");
    assertThat(ok("run", "exchanges", run, "--key", "P0000008").out())
        .contains("/products/bulk")
        .doesNotContain("/inventory/products");
    String call = json("run", "exchanges", run, "--key", "P0000008").at("/items/0/call").toString();
    assertThat(ok("run", "records", run, "--call", call).out()).contains("P0000008");
    assertThat(run("run", "show", run).out()).contains("--outcome rejected");
    refused(1, "it is over already", "run", "cancel", run);
    refused(1, "there is no client \"nobody\"", "run", "start", "nobody");
    assertThat(json("client", "show", "acme").path("last_sync_status").asString())
        .isEqualTo("partial");
    assertThat(ok("mapping", "preview", "kong-standard", "--client", "acme").out())
        .contains("f_codigo");
    assertThat(ok("mapping", "preview", file("kong.yaml"), "--client", "acme", "--live").out())
        .contains("P0000001");
    assertThat(ok("mapping", "coverage", "kong-starter", "--client", "acme", "--live").out())
        .contains("stock_quantity")
        .contains("100 records tried, 0 rejected")
        .contains("read by nothing:");
    assertThat(
            json("mapping", "coverage", "kong-standard", "--client", "acme")
                .path("records")
                .asInt())
        .isPositive();
  }

  @Test
  @Order(4)
  void configurationIsAFolderThatIsPlannedBeforeItIsApplied() throws IOException {
    String workspace = file("workspace");
    ok("workspace", "export", workspace);
    refused(2, "is not empty", "workspace", "export", workspace);
    assertThat(ok("plan", workspace).err()).contains("nothing to do");
    Path acme = Path.of(workspace, "clients", "acme.yaml");
    Files.writeString(acme, Files.readString(acme).replace("6 hours", "2 hours"));
    CommandRun planned = ok("plan", workspace);
    assertThat(planned.out())
        .contains("~ change client acme")
        .contains("sync_schedule: rate(6 hours) → rate(2 hours)");
    assertThat(ok("apply", workspace).err()).contains("nothing was done");
    refused(1, "this is plan", "apply", workspace, "--plan", "other");
    String plan = json("plan", workspace).path("plan").asString();
    assertThat(ok("apply", workspace, "--plan", plan).out())
        .contains("done: 1 change")
        .doesNotContain("1 changes");
    assertThat(json("client", "show", "acme").at("/config/sync_schedule").asString())
        .isEqualTo("rate(2 hours)");
    Files.writeString(acme, "client_id: acme\nproduct_type: kongg\n");
    CommandRun wrong = run("validate", workspace);
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).contains("clients/acme.yaml:2: product_type");
    refused(1, "kongg", "plan", workspace);
    refused(2, "is no folder", "validate", file("nowhere"));
  }

  @Test
  @Order(5)
  void existingClientsAreTakenOver() throws IOException {
    Files.writeString(
        files.resolve("clients.json"),
        """
        {"Items": [
          {"client_id": {"S": "beta"}, "product_type": {"S": "wms"}, "enabled": {"BOOL": false},
           "siesa_api_url": {"S": "https://siesa.example.com"},
           "product_api_url": {"S": "https://wms.example.com"},
           "field_mappings_key": {"S": "mappings/wms.json"}},
          {"product_type": {"S": "kong"}}]}
        """);
    CommandRun dry = run("import", "siesa-clients", file("clients.json"), "--dry-run");
    assertThat(dry.code()).isEqualTo(3);
    assertThat(dry.out()).contains("beta").contains("created").contains("rejected");
    assertThat(dry.err()).contains("client_id is missing").contains("nothing was done");
    refused(1, "there is no client \"beta\"", "client", "show", "beta");
    assertThat(run("import", "siesa-clients", file("clients.json")).code()).isEqualTo(3);
    ok("client", "edit", "beta", "--name", "Beta");
    assertThat(ok("client", "list", "--disabled").out()).contains("Beta");
    assertThat(ok("client", "remove", "beta").err()).contains("nothing was done");
    ok("client", "remove", "beta", "--yes");
    refused(2, "\"none.json\" does not exist", "import", "siesa-clients", "none.json");
  }

  @Test
  @Order(6)
  void aPlanThatRejectsEverythingOffersNothingToApply() throws IOException {
    Files.writeString(files.resolve("wrong.yaml"), MAPPING.replace("f_nombre", "f_nombrex"));
    ok("mapping", "add", "kong-standard", file("wrong.yaml"), "--replace");
    CommandRun planned = run("plan", "--client", "acme");
    assertThat(planned.code()).as(planned.out() + planned.err()).isEqualTo(3);
    assertThat(planned.out())
        .contains("120 rejected")
        .contains("all of them are rejected")
        .contains("rejected: 120 records");
    assertThat(planned.err())
        .contains("there is nothing to write; mend the mapping or the source")
        .contains("--outcome rejected")
        .doesNotContain("entrepot apply");
    ok("mapping", "add", "kong-standard", file("kong.yaml"), "--replace");
  }
}
