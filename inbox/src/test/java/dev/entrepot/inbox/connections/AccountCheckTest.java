package dev.entrepot.inbox.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.inbox.InboxModule;
import dev.entrepot.inbox.InboxSettings;
import dev.entrepot.inbox.PlainSender;
import dev.entrepot.inbox.log.TestLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AccountCheckTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  private final Database database = TestDatabase.fresh();
  private final InboxModule module =
      new InboxModule(
          database,
          new SecretSeal(new byte[32]),
          Clock.systemUTC(),
          InboxSettings.of("node", List.of(new PlainSender(), new Named()), List.of())
              .logging(TestLog.PATIENT));
  private final Connections connections = module.face().connections();

  @AfterEach
  void close() {
    module.close();
    database.close();
  }

  @Test
  void twoTenantsDoNotShareAnAccountOfOneKind() {
    create("erp", "acme", Map.of());
    assertRefused(() -> create("erp2", "other", Map.of()), "named");
    assertRefused(() -> create("erp2", "other", Map.of("account", " Named ")), "named");
    assertThat(connections.open("erp2")).isEmpty();
    InboxConnection own = create("erp2", "other", Map.of("account", "erp2"));
    InboxConnection same = create("erp3", "acme", Map.of());
    assertThat(same.tenant()).isEqualTo("acme");

    assertRefused(() -> update(own, "other", Map.of()), "named");
    assertRefused(() -> update(same, "third", Map.of()), "named");
    assertThat(update(own, "other", Map.of("account", "else")).settings())
        .containsEntry("account", "else");
  }

  @Test
  void removedOnesHaveNoneAndOtherKindsAreNotAsked() {
    create("erp", "acme", Map.of());
    InboxConnection _ = connections.remove(ANNA, "erp");
    assertThat(create("erp2", "other", Map.of()).tenant()).isEqualTo("other");
    for (String tenant : List.of("acme", "other")) {
      InboxConnection plain =
          connections.create(
              ANNA,
              ConnectionDraft.of("plain-" + tenant, tenant, "plain", Map.of("account", "named")),
              "secret");
      assertThat(plain.tenant()).isEqualTo(tenant);
    }
  }

  @Test
  void twoThatAreGivenToOthersAtOnceWaitInTurn() throws Exception {
    InboxConnection erp = create("erp", "acme", Map.of());
    InboxConnection plain =
        connections.create(
            ANNA,
            ConnectionDraft.of("plain", "acme", "plain", Map.of("account", "plain")),
            "secret");
    Thread other = new Thread(() -> update(erp, "other", Map.of("account", "erp")));
    connections.onGiven((_, _, name, _, _) -> {
      if (name.equals("plain")) {
        other.start();
        while (other.isAlive() && !somebodyWaits()) {
          Thread.onSpinWait();
        }
      }
    });
    InboxConnection given =
        connections.update(
            ANNA,
            ConnectionDraft.of("plain", "other", "plain", Map.of("account", "plain")),
            plain.revision());
    other.join();
    connections.refresh();
    assertThat(given.tenant()).isEqualTo("other");
    assertThat(connections.required("erp").connection().tenant()).isEqualTo("other");
  }

  private boolean somebodyWaits() {
    return database.read(connection ->
        Sql.of(
                """
                select exists (select from pg_stat_activity
                  where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0) as waits
                """)
            .one(connection, row -> row.bool("waits")));
  }

  private InboxConnection create(String name, String tenant, Map<String, String> settings) {
    return connections.create(
        ANNA, ConnectionDraft.of(name, tenant, "named", settings), "a secret");
  }

  private InboxConnection update(
      InboxConnection present, String tenant, Map<String, String> settings) {
    return connections.update(
        ANNA, ConnectionDraft.of(present.name(), tenant, "named", settings), present.revision());
  }

  private static void assertRefused(Runnable work, String account) {
    assertThatExceptionOfType(ConnectionException.class)
        .isThrownBy(work::run)
        .satisfies(e -> assertThat(e.field()).isEqualTo("settings.account"))
        .withMessageContaining("setting account is \"" + account + "\"")
        .withMessageContaining("--set account=")
        .withMessageNotContaining("acme");
  }

  /// A sender whose account is a setting.
  private static final class Named implements EventSourceFactory {
    private final PlainSender plain = new PlainSender();

    @Override
    public String kind() {
      return "named";
    }

    @Override
    public String title() {
      return "Named";
    }

    @Override
    public String secretHint() {
      return plain.secretHint();
    }

    @Override
    public List<SettingField> settings() {
      return List.of(new SettingField("account", "whose events they are", "named", List.of()));
    }

    @Override
    public Optional<String> accountSetting() {
      return Optional.of("account");
    }

    @Override
    public EventSource open(Map<String, String> values) {
      return plain.open(values);
    }

    @Override
    public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
      return plain.sample(values, secret, number, now);
    }
  }
}
