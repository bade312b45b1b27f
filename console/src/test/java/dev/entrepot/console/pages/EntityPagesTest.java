package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.InboxWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.inbox.alerts.OwnAlert;
import dev.entrepot.inbox.alerts.OwnAlerts;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of the hot store over real HTTP, used without scripts.
class EntityPagesTest {
  private static final TestConsole CONSOLE = new TestConsole();

  @BeforeAll
  static void furnish() {
    InboxWorld _ = new InboxWorld(CONSOLE);
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("operator@example.com", Role.OPERATOR, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit by(String name) {
    return Visit.of(CONSOLE, name + "@example.com");
  }

  private static String shown(Visit visit, String path) {
    Reply reply = visit.open(path);
    assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
    return reply.text();
  }

  /// Clients of the sync have alerts, too, but no events.
  @Test
  void pagesBeginWithATenantWhoHasAConnection() {
    new OwnAlerts(
            CONSOLE.database(), CONSOLE.inbox().alertRecipients(), (_, _) -> {}, Clock.systemUTC())
        .raise(
            new OwnAlert(
                "aaa", "Run failed", "run-failed", "kong", "run 1", "It failed", Instant.EPOCH));
    assertThat(shown(by("viewer"), "/inbox/entities"))
        .contains("How long entities of main stay", "<option value=\"aaa\"");
  }

  @Test
  void howLongEntitiesStayIsSetByAdministrators() {
    Visit admin = by("admin");
    String path = "/inbox/times-to-live";
    assertThat(shown(by("viewer"), "/inbox/entities"))
        .contains("How long entities of main stay", "14 days")
        .doesNotContain("action=\"" + path);
    assertThat(by("operator").post(path, "tenant", "main").status()).isEqualTo(403);
    admin.post(path, "tenant", "main", "type", "RETURN", "stay", "DAYS", "days", "77");
    assertThat(shown(admin, "/inbox/entities"))
        .contains("77 days", "For this tenant", "action=\"" + path);
    Reply refused =
        admin.post(path, "tenant", "main", "type", "RETURN", "stay", "DAYS", "days", "0");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("77 days", "1 to 36500 whole days", "value=\"0\"")
        .contains("<option value=\"RETURN\" selected>", "<option value=\"DAYS\" selected>");
    admin.post(path, "tenant", "main", "type", "RETURN", "stay", "AS_USUAL");
    assertThat(shown(admin, "/inbox/entities")).doesNotContain("77 days", "For this tenant");
  }
}
