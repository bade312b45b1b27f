package dev.entrepot.flow.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.clients.ClientTree;
import dev.entrepot.flow.clients.ConfigWorld;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.CompiledMapping;
import dev.entrepot.flow.mapping.KnownFields;
import dev.entrepot.flow.mapping.MappingReader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorkspaceSchemasTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @Test
  void knowsTheNamesThatTheReadersKnow() {
    JsonNode client = JSON.readTree(WorkspaceSchemas.CLIENT.text());
    assertThat(names(client.path("properties"))).isEqualTo(new TreeSet<>(ClientReader.names()));
    assertThat(names(client.at("/$defs/flow/properties")))
        .isEqualTo(new TreeSet<>(ClientReader.flowNames()));
    JsonNode mapping = JSON.readTree(WorkspaceSchemas.MAPPING.text());
    assertThat(names(mapping.path("properties"))).isEqualTo(new TreeSet<>(MappingReader.names()));
    assertThat(names(mapping.at("/$defs/field/properties")))
        .isEqualTo(new TreeSet<>(MappingReader.fieldNames()));
  }

  @Test
  void takeWhatTheReadersTakeAndWrite() {
    assertThat(takes(WorkspaceSchemas.CLIENT, ConfigWorld.ACME)).isTrue();
    assertThat(
            takes(
                WorkspaceSchemas.CLIENT,
                ConfigTree.json(ClientTree.of(ConfigWorld.client(ConfigWorld.ACME)))))
        .isTrue();
    assertThat(takes(WorkspaceSchemas.MAPPING, ConfigWorld.MAPPING)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id: acme | client_id: ''",
        "product_type: kong | product: kong",
        "page_size: 500 | page_size: 5000",
        "page_size: 500 | page_sise: 500",
        "overlap: 10m | overlap: soon",
        "product_rate_limit: 60 | product_rate_limit: {per: 1m}",
        "product_rate_limit: 60 | product_rate_limit: 0",
        "page_size: 500 | missing: drop",
        "client_name: Acme | catch_up: never",
        "client_name: Acme | enabled: perhaps",
        "rate(6 hours) | every day",
        "https://kong.example.com | kong.example.com",
      })
  void refuseClientsThatTheReaderRefuses(String old, String changed) {
    String text = ConfigWorld.ACME.replace(old, changed);

    assertThat(takes(WorkspaceSchemas.CLIENT, text)).isFalse();
    assertThat(readerTakesClient(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page_size: 500 | missing: delete",
        "overlap: 10m | overlap: PT5M",
        "overlap: 10m | overlap: 2 hours",
        "product_rate_limit: 60 | product_rate_limit: none",
        "product_rate_limit: 60 | 'product_rate_limit: {calls: 5, per: 1s}'",
        "client_name: Acme | catch_up: skip",
        "client_name: Acme | 'source_settings: {dialect: rest}'",
        "page_size: 500 | 'retries: {fault: 5, first_pause: 2s, longest_pause: 10m}'",
      })
  void takeClientsThatTheReaderTakes(String old, String changed) {
    String text = ConfigWorld.ACME.replace(old, changed);

    assertThat(takes(WorkspaceSchemas.CLIENT, text)).isTrue();
    assertThat(readerTakesClient(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to: name | to: name, type: text",
        "to: name | to: name, tranform: trim",
        "to: name | to: name, transform: [trimm]",
        "to: name | to: name, required: maybe",
        "external_id: {from: f_externo} | extern_id: {from: f_externo}",
        "from: f_externo | to: x",
        "product_type: kong | version: 3",
        "mappings: | mapping:",
      })
  void refuseMappingsThatTheReaderRefuses(String old, String changed) {
    String text = ConfigWorld.MAPPING.replace(old, changed);

    assertThat(takes(WorkspaceSchemas.MAPPING, text)).isFalse();
    assertThat(readerTakesMapping(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to: name | 'to: name, type: string, transform: [trim, upper], required: true'",
        "to: name | 'to: name, transform: upper, default: x'",
        "external_id: {from: f_externo} | external_id: {expr: source.f_codigo}",
        "external_id: | custom:colour: {from: f_color}\\n    external_id:",
        "from: f_externo | siesa_field: f_externo",
      })
  void takeMappingsThatTheReaderTakes(String old, String changed) {
    String text = ConfigWorld.MAPPING.replace(old, changed.replace("\\n", "\n"));

    assertThat(takes(WorkspaceSchemas.MAPPING, text)).isTrue();
    assertThat(readerTakesMapping(text)).isTrue();
  }

  private static boolean readerTakesClient(String text) {
    var problems = new ConfigProblems();
    var client = ClientReader.read(ConfigWorld.tree(text), problems);
    try (var world = new ConfigWorld()) {
      problems.addAll(world.config.clients().check(client));
    }
    return !problems.refuses();
  }

  private static boolean readerTakesMapping(String text) {
    var problems = new ConfigProblems();
    var document = MappingReader.read(ConfigWorld.tree(text), problems);
    return !problems.refuses()
        && CompiledMapping.check(document, KnownFields.NONE).stream()
            .noneMatch(ConfigProblem::refuses);
  }

  private boolean takes(WorkspaceSchemas which, String text) {
    Schema schema = registry.getSchema(JSON.readTree(which.text()));
    return schema
        .validate(JSON.readTree(ConfigTree.json(ConfigWorld.tree(text).value())))
        .isEmpty();
  }

  private static Set<String> names(JsonNode properties) {
    return new TreeSet<>(properties.propertyNames());
  }
}
