package dev.entrepot.flow.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was kept when a mapping's revision and the client's switches were one number.
class BasisMigrationTest {
  private static final String MIGRATION = "/dev/entrepot/migrations/V0020__flow_basis.sql";
  private static final Sql RUNS = Sql.of("select tenant, mapping_revision, switches from flow_run");
  private static final Sql WATERMARKS =
      Sql.of("select tenant, mapping_revision, switches from flow_watermark");

  @Test
  void theTwoNumbersAreTakenApart() {
    try (Database database = TestDatabase.fresh()) {
      execute(
          database,
          """
          alter table flow_run drop column switches;
          alter table flow_watermark drop column switches;
          insert into flow_run (id, tenant, flow, source, destination, mode, trigger, asked_by,
            state, mapping_revision)
          select gen_random_uuid(), u.tenant, 'f', 's', 'd', 'initial', 'test', 'test', 'success', u.n
          from (values ('a', 3), ('b', 100003), ('c', 2000017), ('d', null)) as u (tenant, n);
          insert into flow_watermark (tenant, flow, since, mapping_revision, run)
          select u.tenant, 'f', now(), u.n, gen_random_uuid()
          from (values ('a', 3), ('b', 100003), ('e', -1)) as u (tenant, n);
          """);
      execute(database, migration());
      assertThat(bases(database, RUNS))
          .containsExactlyInAnyOrder("a 3 0", "b 3 1", "c 17 20", "d null null");
      assertThat(bases(database, WATERMARKS)).containsExactlyInAnyOrder("a 3 0", "b 3 1", "e -1 0");
    }
  }

  private static void execute(Database database, String statements) {
    boolean _ =
        database.<Boolean>write(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(statements);
          }
        });
  }

  private static List<String> bases(Database database, Sql rows) {
    return database.read(connection ->
        rows.list(
            connection,
            row ->
                "%s %s %s"
                    .formatted(
                        row.text("tenant"),
                        row.int4OrNull("mapping_revision"),
                        row.int4OrNull("switches"))));
  }

  private static String migration() {
    try (InputStream file = BasisMigrationTest.class.getResourceAsStream(MIGRATION)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
