package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Forms that no page of ours would send are refused, never a fault of the server.
class MangledFormsTest {
  private static final TestConsole CONSOLE = new TestConsole();

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("ACME");
    CONSOLE.category("kitchen");
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit admin() {
    return Visit.of(CONSOLE, "admin@example.com");
  }

  @Test
  void aRowThatIsNoNumber() throws InterruptedException {
    Reply dropped =
        admin()
            .drop(
                "/uploads?filename=file.csv&vendor=ACME",
                """
                vendor_product_id,product_name,category,sku,price,stock_quantity
                A-1,Pan,kitchen,S-1,1.00,1
                """);
    UUID id = UUID.fromString(dropped.json().path("id").stringValue());
    Uploads uploads = CONSOLE.onboarding().uploads();
    assertThat(uploads.await(id, TestConsole.PATIENCE).state()).isEqualTo(Upload.State.COMPLETED);
    Reply reply = admin().post("/approvals/" + id, "deed", "approve", "row", "one");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("“one” is not a whole number");
    assertThat(admin().post("/approvals/" + id, "deed", "approve", "row", "9".repeat(40)).status())
        .isEqualTo(422);
  }

  @Test
  void aRuleThatIsNoId() {
    Reply reply = admin().post("/rules/try", "id", "17", "expression", "price > 1", "rows", "100");
    assertThat(reply.status()).isEqualTo(422);
    Reply rows = admin().post("/rules/try", "expression", "price > 1", "rows", "99999999999999");
    assertThat(rows.status()).isLessThan(500);
  }

  @Test
  void aVersionOutOfRange() {
    Reply reply =
        admin()
            .post(
                "/categories/kitchen",
                "name",
                "Kitchen",
                "active",
                "on",
                "version",
                "9".repeat(15));
    assertThat(reply.status()).isLessThan(500);
  }

  @Test
  void anAccountThatIsSwitchedOffInTheConsoleSignsInAnew() {
    CONSOLE.account("bob@example.com", Role.VIEWER, null);
    Visit bob = Visit.of(CONSOLE, "bob@example.com");
    assertThat(bob.open("/uploads").status()).isEqualTo(200);
    UUID id = CONSOLE.accounts().findByEmail("bob@example.com").orElseThrow().id();
    String[] off = {
      "email", "bob@example.com", "name", "Bob", "role", "VIEWER", "vendor", "", "version", "1"
    };
    assertThat(admin().post("/users/" + id, off).status()).isEqualTo(303);
    String[] on = {
      "email",
      "bob@example.com",
      "name",
      "Bob",
      "role",
      "VIEWER",
      "vendor",
      "",
      "version",
      "2",
      "active",
      "true"
    };
    assertThat(admin().post("/users/" + id, on).status()).isEqualTo(303);
    assertThat(bob.open("/uploads").status()).isEqualTo(303);
  }
}
