package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSecretsTest {
  private final ConfigWorld world = new ConfigWorld();
  private final ClientSecrets secrets = world.config.secrets();

  @BeforeEach
  void addClient() {
    world.config.clients().create(ConfigWorld.ANNA, ConfigWorld.client(ConfigWorld.ACME));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void sealsThemAndShowsThemMasked() {
    SecretView view =
        secrets.set(
            ConfigWorld.ANNA,
            "acme",
            "kong",
            """
            {"product_type": "kong", "api_key": "top-secret-key", "tenant_id": "t-9",
             "additional_config": {"rfid_enabled": true}}
            """);

    assertThat(view.name()).isEqualTo("siesa-integration/acme/kong");
    assertThat(view.fields())
        .containsEntry("api_key", "••••••••")
        .containsEntry("tenant_id", "t-9")
        .containsEntry("additional_config.rfid_enabled", "true");
    assertThat(view.problems()).noneMatch(ConfigProblem::refuses);
    assertThat(secrets.open("acme", "kong").text("api_key")).contains("top-secret-key");
    assertThat(view.toString() + world.activities("secret/")).doesNotContain("top-secret-key");
    String stored = stored();
    assertThat(stored).startsWith("v1:").doesNotContain("top-secret-key");
    assertThat(world.activities("secret/"))
        .containsExactly("user:anna@example.com secret.set secret/siesa-integration/acme/kong");
  }

  private String account(String patience, String edition) {
    Map<String, String> settings = Map.of("answer-timeout", patience, "edition", edition);
    return secrets.digests("acme", "kong", settings).orElseThrow().own();
  }

  @Test
  void anAccountIsNoOtherForBeingCalledMorePatiently() {
    secrets.set(ConfigWorld.ANNA, "acme", "kong", "{\"api_key\": \"one\"}");
    String before = account("30s", "a");
    assertThat(account("60s", "a")).isEqualTo(before);
    assertThat(account("30s", "b")).isNotEqualTo(before);
    secrets.set(ConfigWorld.ANNA, "acme", "kong", "{\"api_key\": \"two\"}");
    assertThat(account("30s", "a")).isNotEqualTo(before);
  }

  @Test
  void areReplacedAndRemoved() {
    secrets.set(ConfigWorld.ANNA, "acme", "siesa", "{\"api_key\": \"one\"}");
    secrets.set(ConfigWorld.ANNA, "acme", "siesa", "{\"api_key\": \"two\"}");
    assertThat(secrets.list("acme")).hasSize(1);
    assertThat(secrets.open("acme", "siesa").text("api_key")).contains("two");

    secrets.remove(ConfigWorld.ANNA, "acme", "siesa");
    assertThat(secrets.list("acme")).isEmpty();
    assertThatThrownBy(() -> secrets.remove(ConfigWorld.ANNA, "acme", "siesa"))
        .hasMessageContaining("there is no secret");
    secrets.set(ConfigWorld.ANNA, "acme", "siesa", "{\"api_key\": \"two\"}");
    world.config.clients().remove(ConfigWorld.ANNA, "acme", 1);
    assertThat(secrets.list("acme")).isEmpty();
  }

  @Test
  void refusesWhatTheConnectorCannotUseWithoutRepeatingIt() {
    assertThatThrownBy(
            () -> secrets.set(ConfigWorld.ANNA, "acme", "siesa", "{\"password\": \"hush\"}"))
        .hasMessageContaining("api_key is missing")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> secrets.set(ConfigWorld.ANNA, "acme", "siesa", "hush-hush"))
        .hasMessageContaining("no JSON object")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> secrets.set(ConfigWorld.ANNA, "acme", "sisa", "{}"))
        .hasMessageContaining("perhaps siesa");
    assertThatThrownBy(() -> secrets.set(ConfigWorld.ANNA, "nobody", "siesa", "env:KEY"))
        .hasMessageContaining("\"nobody\"");
    assertThatThrownBy(() -> secrets.set(ConfigWorld.ANNA, "acme", "siesa", "env:1-2"))
        .hasMessageContaining("env:NAME");
    assertThatThrownBy(() -> secrets.set(ConfigWorld.ANNA, "acme", "siesa", "file:here"))
        .hasMessageContaining("file:/path");
  }

  @Test
  void areReadFromWhereTheyAreKeptOutside(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("siesa.json");
    assertThat(secrets.set(ConfigWorld.ANNA, "acme", "siesa", "file:" + file).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("siesa.json"));
    Files.writeString(file, "{\"api_key\": \"from-file\"}");
    assertThat(secrets.open("acme", "siesa").text("api_key")).contains("from-file");

    secrets.set(ConfigWorld.ANNA, "acme", "siesa", "env:SIESA");
    assertThatThrownBy(() -> secrets.open("acme", "siesa")).hasMessageContaining("env:SIESA");
    world.environment.put("SIESA", "{\"api_key\": \"from-environment\"}");
    assertThat(secrets.open("acme", "siesa").text("api_key")).contains("from-environment");
    assertThat(secrets.find("acme", "siesa").orElseThrow().reference()).isEqualTo("env:SIESA");
  }

  @Test
  void thoseAnotherKeySealedAreTold() {
    secrets.set(ConfigWorld.ANNA, "acme", "siesa", "{\"api_key\": \"one\"}");
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 1);

    assertThat(unopened(world.seal)).isEmpty();
    assertThat(unopened(new SecretSeal(key))).containsExactly("siesa-integration/acme/siesa");
  }

  private List<String> unopened(SecretSeal seal) {
    return world.database.read(connection -> ClientSecrets.unopened(connection, seal));
  }

  private String stored() {
    return world.database.read(connection ->
        Sql.of("select value from flow_secret").one(connection, row -> row.text("value")));
  }
}
