package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.flow.schedules.ScheduleState;
import dev.entrepot.model.Page;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.storage.Sql;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest {
  private final ConfigWorld world = new ConfigWorld();
  private final Clients clients = world.config.clients();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void keepsAClientAsItIsConfigured() {
    ClientConfig acme = ConfigWorld.client(ConfigWorld.ACME);
    Client client = clients.create(ConfigWorld.ANNA, acme);

    assertThat(client.config()).isEqualTo(acme);
    assertThat(client.revision()).isEqualTo(1);
    assertThat(client.config().options().overlap()).isEqualTo(Duration.ofMinutes(10));
    assertThat(client.config().source().secret()).isEqualTo("siesa-integration/acme/siesa");
    assertThat(clients.find("acme")).contains(client);
    assertThat(world.config.schedules().all())
        .extracting(ScheduleState::tenant, ScheduleState::active, ScheduleState::next)
        .containsExactly(tuple("acme", true, ConfigWorld.NOW.plus(Duration.ofHours(6))));
    assertThat(world.activities("client/"))
        .containsExactly("user:anna@example.com client.create client/acme");
  }

  @Test
  void countsRevisionsAndRefusesStaleChanges() {
    clients.create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));
    ClientConfig renamed =
        ConfigWorld.client(ConfigWorld.ACME.replace("client_name: Acme", "client_name: Acme SA"));
    assertThat(clients.update(ConfigWorld.ANNA, renamed, 1).revision()).isEqualTo(2);
    assertThat(clients.update(ConfigWorld.ANNA, renamed, 2).revision()).isEqualTo(2);

    assertThatThrownBy(() -> clients.update(ConfigWorld.ANNA, renamed, 1))
        .isInstanceOfSatisfying(
            FlowConfigException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT))
        .hasMessageContaining("revision 2");
    assertThat(clients.revisions("acme"))
        .extracting(ClientRevision::revision)
        .containsExactly(2L, 1L);

    clients.remove(ConfigWorld.ANNA, "acme", 2);
    assertThat(clients.find("acme")).isEmpty();
    assertThat(clients.revisions("acme").getFirst().config()).isNull();
    assertThat(clients.create(ConfigWorld.ANNA, renamed).revision()).isEqualTo(4);
    assertThatThrownBy(() -> clients.create(ConfigWorld.ANNA, renamed))
        .hasMessageContaining("acme already");
    assertThatThrownBy(() -> clients.remove(ConfigWorld.ANNA, "nobody", 1))
        .hasMessageContaining("\"nobody\"");
  }

  @Test
  void disabledClientsDoNotFire() {
    clients.create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));

    assertThat(clients.enable(ConfigWorld.ANNA, "acme", false).config().enabled()).isFalse();
    assertThat(world.config.schedules().all())
        .extracting(ScheduleState::active)
        .containsExactly(false);
  }

  @Test
  void listsByProductAndStateInPages() {
    for (String id : List.of("a", "b", "c", "d", "e")) {
      clients.create(ConfigWorld.ANNA, ConfigWorld.client(id, ConfigWorld.ACME));
    }
    clients.create(
        ConfigWorld.ANNA,
        ConfigWorld.client(
            "w", ConfigWorld.ACME.replace("product_type: kong", "product_type: wms")));
    Client _ = clients.enable(ConfigWorld.ANNA, "c", false);

    assertThat(ids(clients.list(true, "kong", null, 3))).containsExactly("a", "b", "d");
    assertThat(ids(clients.list(true, "kong", "d", 3))).containsExactly("e");
    assertThat(ids(clients.list(false, null, null, 10))).containsExactly("c");
    assertThat(ids(clients.list(null, "wms", null, 10))).containsExactly("w");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id: acme | client_id: | client_id | client_id is missing",
        "client_id: acme | client_id: ../x | client_id | cannot be the id",
        "product_type: kong | product_type: kng | product_type | perhaps kong",
        "product_type: kong |  | product_type | product_type is missing",
        "rate(6 hours) | cron(0 0 30 2 ? *) | sync_schedule | never fires",
        "rate(6 hours) | every day | sync_schedule | rate(6 hours)",
        "America/Bogota | America/Bogotta | timezone | America/Bogota",
        "https://siesa.example.com/v3 | siesa.example.com | siesa_api_url | https://",
        "https://kong.example.com | https://a:b@kong.example.com | product_api_url | credentials",
        "https://kong.example.com | https:///x | product_api_url | no host",
        "page_size: 500 | page_size: 5000 | flow.page_size | 1000",
        "overlap: 10m | overlap: soon | flow.overlap | 90s",
        "product_rate_limit: 60 | product_rate_limits: 60 | flow.product_rate_limits | perhaps product_rate_limit",
        "client_name: Acme | source_settings: {dialekt: rest} | source_settings.dialekt | perhaps dialect",
        "client_name: Acme | source_settings: {dialect: soap} | source_settings.dialect | no choice",
        "client_name: Acme | catch_up: never | catch_up | skip, once, all",
        "client_name: Acme | source: sap | source | siesa",
      })
  void refusesWhatCannotBeRun(String old, String changed, String place, String told) {
    String text = ConfigWorld.ACME.replace(old, changed == null ? "" : changed);
    var problems = new ConfigProblems();
    ClientConfig client = ClientReader.read(ConfigWorld.tree(text), problems);
    List<ConfigProblem> all = new ArrayList<>(problems.all());
    all.addAll(clients.check(client));

    assertThat(all)
        .anySatisfy(problem -> {
          assertThat(problem.refuses()).isTrue();
          assertThat(problem.place()).isEqualTo(place);
          assertThat(problem.toString()).contains(told);
        });
  }

  @Test
  void refusesAMappingForAnotherProduct() {
    world
        .config
        .mappings()
        .create(ConfigWorld.ANNA, "kong-standard", ConfigWorld.tree(ConfigWorld.MAPPING));

    assertThat(clients.check(ConfigWorld.client(ConfigWorld.ACME))).isEmpty();
    assertThat(
            clients.check(
                ConfigWorld.client(
                    ConfigWorld.ACME.replace("product_type: kong", "product_type: wms"))))
        .anyMatch(problem -> problem.message().contains("mapping kong-standard is for kong"));
    assertThatThrownBy(() -> world.config.mappings().remove(ConfigWorld.ANNA, "kong-standard", 2))
        .hasMessageContaining("revision 1");
    clients.create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));
    assertThatThrownBy(() -> world.config.mappings().remove(ConfigWorld.ANNA, "kong-standard", 1))
        .hasMessageContaining("used by acme");
  }

  @Test
  void makesAClientReadyToRun() {
    clients.create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));
    assertThatThrownBy(() -> world.config.setups().of("acme"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mapping kong-standard, which is not there");
    world
        .config
        .mappings()
        .create(ConfigWorld.ANNA, "kong-standard", ConfigWorld.tree(ConfigWorld.MAPPING));
    ClientSetup setup = world.config.setups().of("acme").orElseThrow();

    assertThat(setup.mapping().document().productType()).isEqualTo("kong");
    assertThat(setup.steps()).hasSize(1);
    assertThatThrownBy(() -> setup.openSource(context()).close())
        .hasMessageContaining("there is no secret siesa-integration/acme/siesa");
    world.config.secrets().set(ConfigWorld.ANNA, "acme", "siesa", "{\"api_key\": \"k-1\"}");
    setup.openSource(context()).close();
    assertThat(world.plain.credentials.get())
        .isEqualTo(
            Fields.EMPTY.with("api_key", "k-1").with("api_url", "https://siesa.example.com/v3"));
    assertThat(world.config.setups().of("nobody")).isEmpty();
  }

  @Test
  void startsOverWhenAClientGetsAnotherMappingOrSystem() {
    for (String name : List.of("kong-standard", "kong-other")) {
      world.config.mappings().create(ConfigWorld.ANNA, name, ConfigWorld.tree(ConfigWorld.MAPPING));
    }
    clients.create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));
    change("client_name: Acme", "client_name: Acme SA");
    assertThat(switches()).isZero();

    change("kong-standard", "kong-other");
    assertThat(switches()).isEqualTo(1);
    change("siesa.example.com", "siesa2.example.com");
    assertThat(switches()).isEqualTo(2);
    change("client_name: Acme", "client_name: Acme SA");
    assertThat(switches()).isEqualTo(3);
    assertThat(world.config.setups().of("acme").orElseThrow().mappingRevision()).isEqualTo(1);
  }

  private long switches() {
    return world.config.setups().of("acme").orElseThrow().switches();
  }

  /// Changes the client as it was at first.
  private void change(String old, String changed) {
    clients.update(
        ConfigWorld.ANNA,
        ConfigWorld.client(ConfigWorld.ACME.replace(old, changed)),
        clients.require("acme").revision());
  }

  @Test
  void rowLevelSecurityShowsATenantItsOwnRowsAlone() {
    clients.create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));
    clients.create(ConfigWorld.ANNA, ConfigWorld.client("other", ConfigWorld.ACME));

    for (String role : List.of("entrepot_tenant", "none")) {
      assertThat(seen("acme", role)).containsExactly("acme");
      assertThat(seen("other", role)).containsExactly("other");
    }
    assertThat(seen("", "entrepot_tenant")).isEmpty();
    assertThat(seen("", "none")).containsExactlyInAnyOrder("acme", "other");
  }

  /// @param role `none`: the owner, who is bound by the tenant's name, too
  private List<String> seen(String tenant, String role) {
    return world.database.write(transaction -> {
      Sql.of("select set_config('entrepot.tenant', ?, true) as t, set_config('role', ?, true)")
          .with(tenant, role)
          .one(transaction, row -> row.text("t"));
      return Sql.of(
              """
              select tenant from flow_client union select tenant from flow_schedule
              union select tenant from flow_client_revision
              """)
          .list(transaction, row -> row.text("tenant"));
    });
  }

  private static RemoteContext context() {
    return new RemoteContext(
        "acme/siesa", Budget.unlimited(), ExchangeRecorder.none(), Clock.systemUTC());
  }

  private static List<String> ids(Page<Client> page) {
    return page.items().stream().map(client -> client.config().id()).toList();
  }
}
