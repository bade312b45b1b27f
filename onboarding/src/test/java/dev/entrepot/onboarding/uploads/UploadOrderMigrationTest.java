package dev.entrepot.onboarding.uploads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads that were there before the database counted them.
class UploadOrderMigrationTest {
  private static final String MIGRATION = "/dev/entrepot/migrations/V0043__upload_order.sql";

  @TempDir Path folder;

  @Test
  void theyAreNumberedInTheOrderOfTheirIds() throws IOException {
    try (Database database = TestDatabase.fresh();
        World world =
            new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme Toys"))) {
      UUID first = submit(world, 1);
      UUID second = submit(world, 2);
      UUID third = submit(world, 3);
      execute(database, "alter table upload drop column number");
      // The table's own order is another now.
      execute(database, "update upload set file_name = file_name where id = '" + first + "'");
      execute(database, migration());
      UUID fourth = submit(world, 4);
      assertThat(
              database.<List<UUID>>read(connection ->
                  Sql.of("select id from upload order by number")
                      .list(connection, row -> row.uuid("id"))))
          .containsExactly(first, second, third, fourth);
    }
  }

  private static UUID submit(World world, int number) {
    String file = World.GOOD.replace("Red car", "Car " + number);
    return world.submit("ACME", number + ".csv", file).upload().id();
  }

  private static void execute(Database database, String statements) {
    boolean _ =
        database.<Boolean>write(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(statements);
          }
        });
  }

  private static String migration() throws IOException {
    try (InputStream file = UploadOrderMigrationTest.class.getResourceAsStream(MIGRATION)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
