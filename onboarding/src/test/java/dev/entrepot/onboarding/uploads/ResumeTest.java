package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stops a worker, the next one ends where an undisturbed one would have ended.
class ResumeTest {
  private static final String STATE =
      """
      select coalesce(string_agg(t.line, e'\\n' order by t.line), '') as state from (
        select concat_ws('|', 'product', vendor_product_id, sku, name, slug, category, price,
          stock_quantity, created_record, custom) line from product
        union all
        select concat_ws('|', 'letter', record, code, reason, problems, payload) from dead_letter
        union all
        select concat_ws('|', 'warning', record, number, code, message) from upload_warning
        union all
        select concat_ws('|', 'upload', state, estimated_rows, warnings, checkpoint, layout, mapping)
        from upload
      ) t
      """;

  private static String file() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 0; i < 30_000; i++) {
      int key = random.nextInt(10) == 0 ? random.nextInt(i + 1) : i;
      String price = random.nextInt(40) == 0 ? "free" : (1 + random.nextInt(500)) + ".50";
      text.append("P-").append(key).append(",Thing ").append(random.nextInt(20_000));
      text.append(random.nextInt(50) == 0 ? ",nowhere" : ",toys").append(",,,SKU-");
      text.append(random.nextInt(60) == 0 ? i / 2 : key).append(",Brand ").append(i % 7);
      text.append(',').append(price).append(",,").append(i % 100).append(",,\n");
    }
    return text.toString();
  }

  private static String state(Database database) {
    return database.read(connection -> Sql.of(STATE).one(connection, row -> row.text("state")));
  }

  @Test
  void stoppedAgainAndAgainItEndsTheSame(@TempDir Path calm, @TempDir Path rough)
      throws InterruptedException {
    String file = file();
    String expected;
    String outcomes;
    try (Database database = TestDatabase.fresh();
        World world =
            new World(database, calm, "calm").with(VendorDraft.of("ACME", "Acme")).started()) {
      Upload upload = world.upload("ACME", "things.csv", file);
      expected = state(database);
      outcomes = world.ledger.outcomes(upload.id());
      assertThat(upload.mappingId()).isNotNull();
    }
    assertThat(outcomes).contains("w").contains("r");
    try (Database database = TestDatabase.fresh()) {
      slowDown(database);
      UUID id;
      try (World world = new World(database, rough, "rough").with(VendorDraft.of("ACME", "Acme"))) {
        id = world.submit("ACME", "things.csv", file).upload().id();
      }
      Upload upload;
      int lives = 0;
      do {
        try (World world = new World(database, rough, "rough").started()) {
          upload = afterNextCheckpoint(world, id);
          lives++;
          assertThat(world.audit.run().findings())
              .extracting(AuditCheck.Finding::message)
              .isEqualTo(List.of());
        }
      } while (!upload.state().finished());
      assertThat(lives).isGreaterThan(1);
      try (World world = new World(database, rough, "rough")) {
        assertThat(world.ledger.outcomes(id)).isEqualTo(outcomes);
      }
      assertThat(state(database)).isEqualTo(expected);
      assertThat(upload.mappingId()).as("the mapping that served is kept").isNotNull();
    }
  }

  /// Every chunk takes its time, so that there is a time to stop in.
  private static void slowDown(Database database) {
    int _ =
        database.write(transaction ->
            Sql.of(
                    """
                    create function slow() returns trigger language plpgsql as
                      $$ begin perform pg_sleep(2); return new; end $$;
                    create trigger slow before insert on batch_chunk
                      for each row execute function slow()
                    """)
                .update(transaction));
  }

  private static Upload afterNextCheckpoint(World world, UUID id) throws InterruptedException {
    long before = world.uploads.find(id).orElseThrow().books().received();
    Upload upload = world.uploads.find(id).orElseThrow();
    while (!upload.state().finished() && upload.books().received() == before) {
      upload = world.uploads.await(id, java.time.Duration.ofMillis(5));
    }
    return upload;
  }
}
