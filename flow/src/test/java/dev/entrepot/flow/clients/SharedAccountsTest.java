package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.TenantDatabase;
import dev.entrepot.flow.clients.ClientReach.Reached;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.storage.Sql;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that write to one account are told of each other.
class SharedAccountsTest {
  private static final Sql SEEN = Sql.of("select tenant, digest from flow_shared_account");

  private final ConfigWorld world = new ConfigWorld();

  @BeforeEach
  void open() {
    world
        .config
        .mappings()
        .create(ConfigWorld.ANNA, "kong-standard", ConfigWorld.tree(ConfigWorld.MAPPING));
    client("acme", "https://kong.example.com", "{\"api_key\": \"k-1\"}");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void client(String id, String address, String secret) {
    world
        .config
        .clients()
        .create(
            ConfigWorld.ANNA,
            ConfigWorld.client(id, ConfigWorld.ACME.replace("https://kong.example.com", address)));
    world.config.secrets().set(ConfigWorld.ANNA, id, "siesa", "{\"api_key\": \"s-" + id + "\"}");
    world.config.secrets().set(ConfigWorld.ANNA, id, "kong", secret);
  }

  private Reached check(String client) throws InterruptedException {
    List<Reached> both = world.config.reach().check(client);
    assertThat(both.getFirst().warning()).isNull();
    assertThat(both).allMatch(Reached::well);
    return both.getLast();
  }

  @Test
  void bothAreToldOnceBothWereLookedAt() throws Exception {
    client("beta", "https://kong.example.com/", "{\"tenant_id\": \"b\", \"api_key\": \" k-1\"}");
    assertThat(check("acme").warning()).isNull();
    assertThat(check("beta").warning())
        .startsWith("client acme writes to the same account at the destination");
    assertThat(check("acme").warning()).startsWith("client beta writes");
    client("gamma", "https://kong.example.com", "{\"api_key\": \"k-1\"}");
    assertThat(check("gamma").warning()).startsWith("clients acme, beta write to");
    assertThat(world.config.accounts().others("acme")).containsExactly("beta", "gamma");
  }

  @Test
  void anotherAddressOrKeyIsAnotherAccount() throws Exception {
    client("beta", "https://kong2.example.com", "{\"api_key\": \"k-1\"}");
    client("gamma", "https://kong.example.com", "{\"api_key\": \"k-2\"}");
    for (String client : List.of("acme", "beta", "gamma", "acme")) {
      assertThat(check(client).warning()).isNull();
    }
    world.config.secrets().set(ConfigWorld.ANNA, "gamma", "kong", "{\"api_key\": \"k-1\"}");
    assertThat(check("gamma").warning()).contains("acme");
    world.config.secrets().set(ConfigWorld.ANNA, "gamma", "kong", "{\"api_key\": \"k-3\"}");
    assertThat(check("gamma").warning()).isNull();
    assertThat(world.config.accounts().warning("acme")).isEmpty();
  }

  @Test
  void aClientThatIsNotKeptYetIsToldAndNothingIsNoted() throws Exception {
    check("acme");
    ClientConfig unsaved = ConfigWorld.client("beta", ConfigWorld.ACME);
    List<Reached> both =
        world
            .config
            .reach()
            .check(
                unsaved,
                system ->
                    new Fields(
                        Map.of(
                            "api_url",
                            "https://kong.example.com",
                            "api_key",
                            system.equals("kong") ? "k-1" : "s-beta")));
    assertThat(both.getFirst().warning()).isNull();
    assertThat(both.getLast().warning()).startsWith("client acme writes to the same account");
    assertThat(world.config.accounts().others("acme")).isEmpty();
  }

  @Test
  void aClientThatIsGoneIsNotSpokenOf() throws Exception {
    client("beta", "https://kong.example.com", "{\"api_key\": \"k-1\"}");
    check("beta");
    assertThat(check("acme").warning()).contains("beta");
    Client beta = world.config.clients().require("beta");
    world.config.clients().remove(ConfigWorld.ANNA, "beta", beta.revision());
    assertThat(check("acme").warning()).isNull();
  }

  @Test
  void noTenantSeesTheOthers() throws Exception {
    client("beta", "https://kong.example.com", "{\"api_key\": \"k-1\"}");
    check("acme");
    check("beta");
    List<String> seen =
        new TenantDatabase(world.database)
            .read("acme", tenant -> SEEN.list(tenant, row -> row.text("tenant")));
    assertThat(seen).containsExactly("acme");
    List<String> digests = world.database.read(all -> SEEN.list(all, row -> row.text("digest")));
    assertThat(digests).hasSize(2).allSatisfy(digest -> assertThat(digest).doesNotContain("k-1"));
  }
}
