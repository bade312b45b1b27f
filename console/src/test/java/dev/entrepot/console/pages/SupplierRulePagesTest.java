package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.onboarding.rules.VendorRules;
import dev.entrepot.onboarding.rules.VendorRules.Draft;
import dev.entrepot.onboarding.rules.VendorRules.Rule;
import dev.entrepot.onboarding.rules.VendorRules.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A supplier's pages of rules: those for its rows to read, its own to write.
class SupplierRulePagesTest {
  private static final TestConsole CONSOLE = new TestConsole(TestConsole.Engine.RESTS);

  @BeforeAll
  static void furnish() {
    CONSOLE.vendor("ACME");
    CONSOLE.vendor("OTHER");
    CONSOLE.account("acme@example.com", Role.SUPPLIER, "ACME");
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit supplier() {
    return Visit.of(CONSOLE, "acme@example.com");
  }

  private static VendorRules rules() {
    return CONSOLE.onboarding().rules();
  }

  private static Rule operators(@Nullable String vendor, String name) {
    return rules()
        .create(
            TestConsole.TEST,
            new Draft(vendor, name, "price > 1", "raise it", null, Severity.REJECT, true));
  }

  private static String[] form(String name) {
    return new String[] {
      "name",
      name,
      "expression",
      "price > 2.0",
      "message",
      "raise it",
      "severity",
      "WARN",
      "active",
      "true",
      "vendor",
      "",
      "version",
      "1"
    };
  }

  @Test
  void whatAnOperatorWroteIsReadOnly() {
    Rule common = operators(null, "Common");
    Rule foreign = operators("OTHER", "Foreign one");
    assertThat(supplier().open("/rules").text())
        .contains("Common", "Operator", "Write a rule")
        .doesNotContain("Foreign one");
    Reply page = supplier().open("/rules/" + common.id());
    assertThat(page.text()).contains("price &gt; 1").doesNotContain("Delete rule");
    assertThat(supplier().post("/rules/" + common.id(), form("Mine")).status()).isEqualTo(422);
    assertThat(supplier().post("/rules/" + common.id() + "/delete").status()).isEqualTo(422);
    for (String deed : List.of("", "/delete")) {
      assertThat(supplier().post("/rules/" + foreign.id() + deed, form("Mine")).status())
          .isEqualTo(404);
    }
    assertThat(supplier().open("/rules/" + foreign.id()).status()).isEqualTo(404);
    assertThat(rules().find(common.id())).contains(common);
    assertThat(rules().find(foreign.id())).contains(foreign);
  }

  @Test
  void itsOwnAreWrittenTriedChangedAndDeleted() {
    assertThat(supplier().open("/rules/new").text())
        .contains("Create rule")
        .doesNotContain("Every vendor", "OTHER", "100,000 rows");
    assertThat(supplier().post("/rules/try", "expression", "price > 2.0", "rows", "1000").status())
        .isEqualTo(200);
    assertThat(supplier().post("/rules", form("Own one")).status()).isEqualTo(303);
    Rule own =
        rules().list("ACME").stream()
            .filter(rule -> rule.draft().name().equals("Own one"))
            .findFirst()
            .orElseThrow();
    assertThat(own.draft().vendor()).isEqualTo("ACME");
    assertThat(supplier().open("/rules/" + own.id()).text()).contains("Delete rule");
    assertThat(supplier().post("/rules/" + own.id(), form("Own two")).status()).isEqualTo(303);
    assertThat(supplier().post("/rules/" + own.id() + "/delete").status()).isEqualTo(303);
    assertThat(rules().find(own.id())).isEmpty();
  }
}
