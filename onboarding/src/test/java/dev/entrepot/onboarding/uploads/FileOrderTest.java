package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In which order a vendor's files are read.
class FileOrderTest {
  private static final String LATER = World.GOOD.replace("Red car", "Late car");

  @TempDir Path folder;

  /// Ids begin with the time of the node that made them; the database's own count decides.
  @Test
  void theClocksOfNodesDoNotDecide() {
    try (Database database = TestDatabase.fresh();
        World world =
            new World(database, folder, "node-1")
                .with(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC))) {
      UUID fast = world.submit("ACME", "later.csv", LATER).upload().id();
      UUID slow = world.submit("ACME", "earlier.csv", World.GOOD).upload().id();
      assertThat(fast).isLessThan(slow);
      // As if the node of the earlier file had a clock that is ahead.
      int _ =
          database.<Integer>write(connection ->
              Sql.of(
                      """
                      update upload u set number = o.number from upload o
                      where u.id = any(?) and o.id = any(?) and o.id <> u.id
                      """)
                  .with(new UUID[] {fast, slow}, new UUID[] {fast, slow})
                  .update(connection));
      world.started();
      assertThat(world.await(slow).state()).isEqualTo(Upload.State.COMPLETED);
      assertThat(world.await(fast).state()).isEqualTo(Upload.State.COMPLETED);
      assertThat(world.products()).extracting(Product::name).contains("Late car");
      assertThat(world.products()).extracting(Product::name).doesNotContain("Red car");
      world.audited();
    }
  }
}
