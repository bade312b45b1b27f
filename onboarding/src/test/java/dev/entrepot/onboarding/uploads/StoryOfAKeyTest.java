package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a trace tells is true of its time.
class StoryOfAKeyTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme Toys")).started();
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  @Test
  void aCreationIsToldWithTheValuesItHad() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
    world.upload("ACME", "products.csv", World.GOOD);
    String renamed = World.GOOD.replace("SKU-1,", "NEW-1,").replace("Red car", "Crimson car");
    world.upload("ACME", "renamed.csv", renamed);
    world.upload("ACME", "again.csv", renamed.replace("Crimson car", "Scarlet car"));
    assertThat(world.trace.of("NEW-1").getFirst().detail())
        .isEqualTo("Red car (SKU-1) of ACME, now published");
    assertThat(world.trace.of("SKU-2").getFirst().detail())
        .isEqualTo("Blue car (SKU-2) of ACME, now published");
  }

  @Test
  void everyRuleThatARowFailedIsNamed() {
    world.upload(
        "ACME", "products.csv", World.HEADER + "A-1,Red car,Cars,,,SKU-1,Acme,ten,,few,,\n");
    assertThat(world.trace.of("SKU-1"))
        .singleElement()
        .satisfies(step ->
            assertThat(step.detail())
                .startsWith("INVALID_PRICE: ")
                .contains("\"ten\"", "; INVALID_STOCK: ", "\"few\"", "; INVALID_CATEGORY: "));
  }
}
