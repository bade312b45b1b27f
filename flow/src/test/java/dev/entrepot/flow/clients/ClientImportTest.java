package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.entrepot.flow.clients.Client.ImportedSync;
import dev.entrepot.flow.clients.ClientImport.Outcome;
import dev.entrepot.flow.clients.ClientImport.Result;
import dev.entrepot.flow.config.ConfigProblems;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientImportTest {
  private static final String PLAIN =
      """
      {"client_id": "acme", "client_name": "Acme", "enabled": true, "product_type": "kong",
       "siesa_api_url": "https://siesa.example.com", "siesa_credentials_secret":
       "siesa-integration/acme/siesa", "product_api_url": "https://kong.example.com",
       "product_credentials_secret": "siesa-integration/acme/kong",
       "aws_account_id": "123456789012", "sync_schedule": "rate(6 hours)",
       "field_mappings_key": "mappings/kong.json", "last_sync_timestamp": "2026-11-20T10:00:00Z",
       "last_sync_status": "success", "last_sync_records": 120, "created_at": "2026-01-01",
       "updated_at": "2026-01-01"}
      """;
  private static final String TYPED =
      """
      {"client_id": {"S": "acme"}, "client_name": {"S": "Acme"}, "enabled": {"BOOL": true},
       "product_type": {"S": "kong"}, "siesa_api_url": {"S": "https://siesa.example.com"},
       "siesa_credentials_secret": {"S": "siesa-integration/acme/siesa"},
       "product_api_url": {"S": "https://kong.example.com"},
       "product_credentials_secret": {"S": "siesa-integration/acme/kong"},
       "aws_account_id": {"S": "123456789012"}, "sync_schedule": {"S": "rate(6 hours)"},
       "field_mappings_key": {"S": "mappings/kong.json"},
       "last_sync_timestamp": {"S": "2026-11-20T10:00:00"}, "last_sync_status": {"S": "success"},
       "last_sync_records": {"N": "120"}, "created_at": {"NULL": true}}
      """;

  private final ConfigWorld world = new ConfigWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void takesPlainAndTypedObjectsAlike() {
    SiesaClients.Found plain = read(PLAIN).getFirst();
    SiesaClients.Found typed = read(TYPED).getFirst();

    assertThat(plain.problems()).isEmpty();
    assertThat(typed.config()).isEqualTo(plain.config());
    assertThat(typed.sync()).isEqualTo(plain.sync());
    assertThat(plain.sync())
        .isEqualTo(new ImportedSync(Instant.parse("2026-11-20T10:00:00Z"), "success", 120L));
    assertThat(plain.config().mapping()).isEqualTo("kong");
    assertThat(plain.config().awsAccountId()).isEqualTo("123456789012");
  }

  @Test
  void takesListsItemsAndLines() {
    String other = one(PLAIN).replace("acme", "other");
    assertThat(ids("[" + PLAIN + "," + other + "]")).containsExactly("acme", "other");
    assertThat(ids("{\"Items\": [" + TYPED + "], \"Count\": 1}")).containsExactly("acme");
    assertThat(ids(one(PLAIN) + "\n\n" + other + "\n")).containsExactly("acme", "other");
    assertThat(ids("{\"Item\": " + one(TYPED) + "}\n{\"Item\": " + other + "}"))
        .containsExactly("acme", "other");
  }

  @Test
  void tellsWhatBecameOfEachClient() {
    String text =
        one(PLAIN)
            + "\n"
            + one(PLAIN).replace("\"acme\"", "\"bad\"").replace("\"kong\"", "\"tms\"")
            + "\n"
            + one(PLAIN)
            + "\n"
            + one(PLAIN).replace("\"client_id\": \"acme\"", "\"client_id\": \"\"");
    assertThat(outcomes(text, true))
        .containsExactly(Outcome.CREATED, Outcome.REJECTED, Outcome.REJECTED, Outcome.REJECTED);
    assertThat(world.config.clients().find("acme")).isEmpty();

    List<Result> results = world.config.imports().run(ConfigWorld.ANNA, text, false);
    assertThat(results)
        .extracting(Result::outcome)
        .containsExactly(Outcome.CREATED, Outcome.REJECTED, Outcome.REJECTED, Outcome.REJECTED);
    assertThat(results.get(1).problems()).anyMatch(one -> one.message().contains("\"tms\""));
    assertThat(results.get(2).problems()).anyMatch(one -> one.message().contains("there twice"));
    assertThat(results.get(3).problems()).anyMatch(one -> one.message().contains("is missing"));
    Client acme = world.config.clients().require("acme");
    assertThat(acme.imported())
        .isEqualTo(new ImportedSync(Instant.parse("2026-11-20T10:00:00Z"), "success", 120L));

    assertThat(outcomes(PLAIN, false)).containsExactly(Outcome.UNCHANGED);
    List<Result> changed =
        world
            .config
            .imports()
            .run(ConfigWorld.ANNA, PLAIN.replace("rate(6 hours)", "rate(2 hours)"), false);
    assertThat(changed)
        .extracting(Result::outcome, Result::changed)
        .containsExactly(tuple(Outcome.UPDATED, List.of("sync_schedule")));
    assertThat(world.activities("client/"))
        .containsExactly(
            "user:anna@example.com client.update client/acme",
            "user:anna@example.com client.create client/acme");
  }

  @Test
  void saysThatASyncWhichDidNotSucceedIsNotGoneOnFrom() {
    assertThat(read(PLAIN.replace("\"success\"", "\"failed\"")).getFirst().problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.message()).contains("did not succeed: \"failed\"");
          assertThat(problem.remedy()).contains("the first run reads everything");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"Items\": []}"})
  void refusesTextsWithoutClients(String text) {
    assertThatThrownBy(() -> world.config.imports().run(ConfigWorld.ANNA, text, true))
        .hasMessageContaining("the import cannot be used");
  }

  private List<Outcome> outcomes(String text, boolean dryRun) {
    return world.config.imports().run(ConfigWorld.ANNA, text, dryRun).stream()
        .map(Result::outcome)
        .toList();
  }

  private static List<SiesaClients.Found> read(String text) {
    var problems = new ConfigProblems();
    List<SiesaClients.Found> found = SiesaClients.read(text, problems);
    assertThat(problems.all()).isEmpty();
    return found;
  }

  private static List<String> ids(String text) {
    return read(text).stream().map(found -> found.config().id()).toList();
  }

  private static String one(String text) {
    return text.replace("\n", " ").strip();
  }
}
