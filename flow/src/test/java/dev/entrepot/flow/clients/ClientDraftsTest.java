package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.flow.FlowConfig;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientDraftsTest {
  private static final Map<String, String> SECRETS =
      Map.of("siesa", "{\"api_key\": \"one\"}", "kong", "{\"api_key\": \"two\"}");

  private final ConfigWorld world = new ConfigWorld();
  private final FlowConfig config = world.config;

  @AfterEach
  void close() {
    world.close();
  }

  private static ClientDraft draft(String client, String mapping, Map<String, String> secrets) {
    return new ClientDraft(ConfigWorld.client(client), ConfigWorld.tree(mapping), secrets);
  }

  private void requireNothing() {
    assertThat(config.clients().find("acme")).isEmpty();
    assertThat(config.secrets().list("acme")).isEmpty();
    assertThat(config.schedules().all()).isEmpty();
    assertThat(world.activities("client/")).isEmpty();
    assertThat(world.activities("secret/")).isEmpty();
  }

  @Test
  void makeClientMappingAndCredentialsAtOnce() {
    Client made =
        config
            .drafts()
            .create(ConfigWorld.ANNA, draft(ConfigWorld.ACME, ConfigWorld.MAPPING, SECRETS));

    assertThat(made.revision()).isEqualTo(1);
    assertThat(config.mappings().users("kong-standard")).containsExactly("acme");
    assertThat(config.secrets().open("acme", "kong").text("api_key")).contains("two");
    assertThat(config.secrets().open("acme", "siesa").text("api_key")).contains("one");
  }

  @Test
  void aRefusedPartLeavesNothingBehind() {
    assertThatThrownBy(() ->
            config
                .drafts()
                .create(
                    ConfigWorld.ANNA,
                    draft(
                        ConfigWorld.ACME,
                        ConfigWorld.MAPPING,
                        Map.of("siesa", "{\"api_key\": \"one\"}", "kong", "{}"))))
        .hasMessageContaining("api_key is missing");
    assertThatThrownBy(() ->
            config
                .drafts()
                .create(ConfigWorld.ANNA, draft(ConfigWorld.ACME, "product_type: kong", SECRETS)))
        .hasMessageContaining("mappings");
    requireNothing();
    assertThat(config.mappings().all()).isEmpty();

    config
        .mappings()
        .create(ConfigWorld.ANNA, "kong-standard", ConfigWorld.tree(ConfigWorld.MAPPING));
    assertThatThrownBy(() ->
            config
                .drafts()
                .create(ConfigWorld.ANNA, draft(ConfigWorld.ACME, ConfigWorld.MAPPING, SECRETS)))
        .hasMessageContaining("there is a mapping kong-standard already");
    requireNothing();
  }

  @Test
  void aClientThatIsThereKeepsTheMappingFromBeingMade() {
    config.clients().create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));

    assertThatThrownBy(() ->
            config
                .drafts()
                .create(ConfigWorld.ANNA, draft(ConfigWorld.ACME, ConfigWorld.MAPPING, SECRETS)))
        .hasMessageContaining("there is a client acme already");
    assertThat(config.mappings().all()).isEmpty();
    assertThat(config.secrets().list("acme")).isEmpty();
  }

  @Test
  void aChangeThatComesTooLateChangesNothing() {
    config.drafts().create(ConfigWorld.ANNA, draft(ConfigWorld.ACME, ConfigWorld.MAPPING, SECRETS));
    String other = ConfigWorld.ACME.replace("kong-standard", "kong-other");
    ClientDraft change =
        draft(other, ConfigWorld.MAPPING, Map.of("kong", "{\"api_key\": \"new\"}"));

    assertThatThrownBy(() -> config.drafts().update(ConfigWorld.ANNA, change, 7))
        .hasMessageContaining("revision 1, not 7");
    assertThat(config.mappings().find("kong-other")).isEmpty();
    assertThat(config.secrets().open("acme", "kong").text("api_key")).contains("two");

    config.drafts().update(ConfigWorld.ANNA, change, 1);
    assertThat(config.clients().require("acme").config().mapping()).isEqualTo("kong-other");
    assertThat(config.secrets().open("acme", "kong").text("api_key")).contains("new");
    assertThat(change.toString()).doesNotContain("new");
  }
}
