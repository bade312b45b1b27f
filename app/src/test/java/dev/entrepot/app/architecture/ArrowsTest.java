package dev.entrepot.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between modules, as ARCHITECTURE.md draws them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrowsTest {

  /// A module and those it may use besides itself.
  record Arrow(String module, List<String> mayUse) {}

  private static final List<Arrow> ARROWS =
      List.of(
          new Arrow("model", List.of()),
          new Arrow("storage", List.of("model")),
          new Arrow("ledger", List.of("model", "storage")),
          new Arrow("spi", List.of("model")),
          new Arrow("kit", List.of("model", "spi")),
          new Arrow("contract", List.of("model", "spi")),
          new Arrow("connectors.recharge", List.of("model", "spi", "kit")),
          new Arrow("connectors.shopify", List.of("model", "spi", "kit")),
          new Arrow("connectors.sns", List.of("spi")),
          new Arrow("connectors.sqs", List.of("model", "spi")),
          new Arrow("connectors.stripe", List.of("model", "spi", "kit")),
          new Arrow("connectors.webhook", List.of("model", "spi", "kit")),
          new Arrow("connectors.kong", List.of("model", "spi", "kit")),
          new Arrow("connectors.siesa", List.of("model", "spi", "kit")),
          new Arrow("connectors.wms", List.of("model", "spi", "kit")),
          new Arrow("simulators.sender", List.of()),
          new Arrow("simulators.remote", List.of()),
          new Arrow("simulators.kong", List.of("simulators.remote")),
          new Arrow("simulators.siesa", List.of("simulators.remote")),
          new Arrow("simulators.wms", List.of("simulators.remote")),
          new Arrow("simulators.recharge", List.of("simulators.sender")),
          new Arrow("simulators.shopify", List.of("simulators.sender")),
          new Arrow("simulators.stripe", List.of("simulators.sender")),
          new Arrow("inbox", List.of("model", "storage", "ledger", "spi", "kit")),
          new Arrow("expression", List.of()),
          new Arrow("flow", List.of("model", "storage", "ledger", "spi", "kit", "expression")),
          new Arrow(
              "onboarding", List.of("model", "storage", "ledger", "spi", "kit", "expression")),
          new Arrow(
              "console",
              List.of("model", "spi", "storage", "ledger", "inbox", "flow", "onboarding")),
          new Arrow("cli", List.of()));

  private JavaClasses program;

  @BeforeAll
  void read() {
    program =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.entrepot");
  }

  static Stream<Arrow> arrows() {
    return ARROWS.stream();
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void modulesKeepToTheirArrows(Arrow arrow) {
    List<String> others = new ArrayList<>(ARROWS.stream().map(Arrow::module).toList());
    others.add("app");
    others.add("bench");
    others.remove(arrow.module());
    others.removeAll(arrow.mayUse());
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.entrepot." + arrow.module() + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                others.stream().map(o -> "dev.entrepot." + o + "..").toArray(String[]::new))
            .because(
                "%s may use %s. To mend: move the code to the module it belongs to, or let the lower"
                        .formatted(
                            arrow.module(),
                            arrow.mayUse().isEmpty() ? "no other module" : arrow.mayUse())
                    + " module declare an interface that app fills in");
    rule.check(program);
  }

  /// Between features: a module's own root package is its face, which its features may use.
  @Test
  void noCirclesBetweenFeatures() {
    SlicesRuleDefinition.slices()
        .matching("dev.entrepot.(*).(**)")
        .should()
        .beFreeOfCycles()
        .because(
            "a circle makes every part of it one part. To mend: move what both need into a package"
                + " of its own, or turn one arrow round with an interface")
        .check(program);
  }
}
