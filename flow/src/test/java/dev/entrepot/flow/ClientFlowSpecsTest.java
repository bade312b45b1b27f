package dev.entrepot.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.flow.budgets.RateLimit;
import dev.entrepot.flow.clients.ConfigWorld;
import dev.entrepot.flow.mapping.MappedRecord;
import dev.entrepot.flow.runs.Basis;
import dev.entrepot.flow.runs.FlowSettings;
import dev.entrepot.flow.runs.FlowSpec;
import dev.entrepot.flow.runs.MissingPolicy;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientFlowSpecsTest {
  private final ConfigWorld world = new ConfigWorld();
  private final ClientFlowSpecs flows =
      new ClientFlowSpecs(world.config.setups(), world.config.accounts());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tellsOneAccountAtTheDestinationFromAnother() {
    add(ConfigWorld.ACME);
    assertThat(flows.of("acme").orElseThrow().account().get()).isEmpty();
    String first = account("{\"api_key\": \"k-1\"}");
    assertThat(account("{\"api_key\": \"k-2\"}")).isNotEqualTo(first).doesNotContain("k-2");
    assertThat(account("{\"api_key\": \"k-1\"}")).isEqualTo(first);
  }

  private String account(String secret) {
    world.config.secrets().set(ConfigWorld.ANNA, "acme", "kong", secret);
    return flows.of("acme").orElseThrow().account().get().orElseThrow();
  }

  @Test
  void tellsTheEngineWhatIsConfigured() throws InterruptedException {
    add(ConfigWorld.ACME);
    world.config.secrets().set(ConfigWorld.ANNA, "acme", "kong", "{\"api_key\": \"k-1\"}");
    FlowSpec spec = flows.of("acme").orElseThrow();

    assertThat(spec.flow()).isEqualTo("siesa-kong");
    assertThat(spec.destination()).isEqualTo("kong");
    assertThat(spec.basis()).isEqualTo(new Basis(1, 0));
    MappedRecord mapped =
        spec.mapping()
            .map(
                new Fields(
                    Map.of("f_codigo", "1", "f_externo", "x", "f_nombre", "n", "f_cantidad", 2L)));
    assertThat(mapped.problems()).isEmpty();
    assertThat(mapped.item().values()).containsEntry("quantity", 2L);
    try (var destination =
        spec.openDestination()
            .open(
                new RemoteContext(
                    "acme/kong", Budget.unlimited(), ExchangeRecorder.none(), Clock.systemUTC()))) {
      assertThat(destination.check()).isEmpty();
    }
    assertThat(world.plain.credentials.get().text("api_url")).contains("https://kong.example.com");
    assertThat(flows.of("nobody")).isEmpty();
  }

  @Test
  void takesWhatTheClientAsksForAndTheUsualForTheRest() {
    add(ConfigWorld.ACME);
    FlowSettings settings = flows.of("acme").orElseThrow().settings();

    assertThat(settings.pageSize()).isEqualTo(500);
    assertThat(settings.overlap()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.destinationLimit()).isEqualTo(RateLimit.perMinute(60));
    assertThat(settings.sourceLimit()).isEqualTo(FlowSettings.USUAL.sourceLimit());
    assertThat(settings.retry()).isEqualTo(FlowSettings.USUAL.retry());
  }

  @Test
  void understandsLimitsPoliciesAndRetries() {
    add(
        ConfigWorld.ACME.replace(
            "page_size: 500, overlap: 10m, product_rate_limit: 60",
            "missing: delete, source_rate_limit: none, product_rate_limit: {calls: 5, per: 1s},"
                + " retries: {fault: 7, longest_pause: PT0.5S}"));
    FlowSettings settings = flows.of("acme").orElseThrow().settings();

    assertThat(settings.missing()).isEqualTo(MissingPolicy.DELETE);
    assertThat(settings.sourceLimit()).isNull();
    assertThat(settings.destinationLimit()).isEqualTo(new RateLimit(5, Duration.ofSeconds(1)));
    assertThat(settings.retry().faultTries()).isEqualTo(7);
    assertThat(settings.pageSize()).isNull();
    assertThat(settings.overlap()).isEqualTo(FlowSettings.USUAL.overlap());
    assertThat(settings.retry().longest()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.retry().first()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void goesOnWhereTheLastSuccessfulSyncElsewhereWas() {
    assertThat(syncedBefore("success")).isEqualTo(Instant.parse("2026-11-20T08:50:00Z"));
    assertThat(syncedBefore("failed")).isNull();
    assertThat(syncedBefore(null)).isNull();
  }

  /// Of a client that is imported; its overlap is ten minutes.
  private @Nullable Instant syncedBefore(@Nullable String status) {
    String id = "client-" + status;
    String told = status == null ? "" : ", \"last_sync_status\": \"%s\"".formatted(status);
    world
        .config
        .imports()
        .run(
            ConfigWorld.ANNA,
            """
            {"client_id": "%s", "product_type": "kong", "field_mappings_key": "kong-%s",
             "flow": {"overlap": "10m"}, "last_sync_timestamp": "2026-11-20T10:00:00Z"%s}
            """
                .formatted(id, status, told),
            false);
    world
        .config
        .mappings()
        .create(ConfigWorld.ANNA, "kong-" + status, ConfigWorld.tree(ConfigWorld.MAPPING));
    return flows.of(id).orElseThrow().syncedBefore();
  }

  @Test
  void saysWhyAClientCannotBeRun() {
    world.config.clients().create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));

    assertThatThrownBy(() -> flows.of("acme"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kong-standard");
  }

  private void add(String client) {
    world
        .config
        .mappings()
        .create(ConfigWorld.ANNA, "kong-standard", ConfigWorld.tree(ConfigWorld.MAPPING));
    world.config.clients().create(ConfigWorld.ANNA, ConfigWorld.client(client));
  }
}
