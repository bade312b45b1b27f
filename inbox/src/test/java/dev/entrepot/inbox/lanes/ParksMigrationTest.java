package dev.entrepot.inbox.lanes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys that were parked by hand before they were a tenant's.
final class ParksMigrationTest {
  private static final String MIGRATION =
      "/dev/entrepot/migrations/V0053__parks_of_their_tenants.sql";

  private final LaneWorld world = new LaneWorld();

  @BeforeEach
  void connect() {
    world.execute(
        """
        insert into inbox_connection
          (name, tenant, kind, title, most_body_bytes, created_at, updated_at)
        select 'of-' || t, t, 'test', '', 1000, now(), now()
        from unnest(array['acme', 'other', 'third']) as t
        """);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theyAreThoseTenantsThatHaveTheKey() throws IOException {
    world.append("of-acme", "shop/žluť-\uD83D\uDE9A", "fine");
    world.append("of-other", "b", "fine");
    world.append("of-third", "b", "fine");
    world.append("of-acme", "c", "fine");
    world.append("of-acme", "d", "fine");
    park("shop/žluť-\uD83D\uDE9A", "acme", "other", "third");
    park("b", "acme");
    park("none", "acme", "other", "third");
    park("c", "other", "third");
    // By a dead letter, and since then.
    park("d", "other");
    world.execute("update inbox_parked set letter = 1 where key = 'd'");
    park("d", "third");
    world.execute("update inbox_parked set since = now() where tenant = 'third' and key = 'd'");
    migrate();
    assertThat(
            world.text(
                """
                select string_agg(key || ' ' || tenant, ', ' order by key collate "C", tenant) as t
                from inbox_parked
                """))
        .isEqualTo(
            "b other, b third, c acme, d other, d third, none acme, none other, none third,"
                + " shop/žluť-\uD83D\uDE9A acme");
  }

  @Test
  void whatNamesNoTenantIsRefused() {
    assertThatThrownBy(() ->
            world.execute(
                "insert into inbox_parked (key, lane, by, reason) values ('k', 1, 'a', 'b')"))
        .isInstanceOf(StorageException.class)
        .hasStackTraceContaining("null value in column \"tenant\"");
    assertThatThrownBy(() ->
            world.execute(
                """
                insert into inbox_waiting (lane, key, position, connection, topic, bytes)
                values (1, 'k', 1, 'of-acme', 't', 1)
                """))
        .isInstanceOf(StorageException.class)
        .hasStackTraceContaining("null value in column \"tenant\"");
  }

  private void park(String key, String... tenants) {
    for (String tenant : tenants) {
      world.execute(
          """
          insert into inbox_parked (tenant, key, lane, by, reason, since)
          values ('%s', '%s', %d, 'user:anna', 'asked', now() - interval '1 year')
          """
              .formatted(tenant, key, world.log.lane(key)));
    }
  }

  private void migrate() throws IOException {
    try (InputStream file = ParksMigrationTest.class.getResourceAsStream(MIGRATION)) {
      String statements = new String(file.readAllBytes(), UTF_8);
      boolean _ =
          world.database.<Boolean>write(connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute(statements);
            }
          });
    }
  }
}
