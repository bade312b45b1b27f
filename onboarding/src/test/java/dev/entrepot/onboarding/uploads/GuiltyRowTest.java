package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bad value is one rejected row, or one failed file: never a vendor that waits for ever.
class GuiltyRowTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = world().with(VendorDraft.of("ACME", "Acme")).started();
  }

  private World world() {
    return new World(database, folder, "node-1", new HurriedClock());
  }

  @AfterEach
  void close() {
    assertThat(world.audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
    world.close();
    database.close();
  }

  private static String row(String key, String name) {
    return key + "," + name + ",Toys,,,SKU-" + key + ",Acme,10.00,,5,,\n";
  }

  private void sql(String text) {
    int _ = database.write(transaction -> Sql.of(text).update(transaction));
  }

  /// Chinese characters in random order, which do not compress.
  private static String longText(int characters) {
    StringBuilder text = new StringBuilder();
    new Random(3).ints(characters, 0x4E00, 0x9FA5).forEach(text::appendCodePoint);
    return text.toString();
  }

  @Test
  void aKeyFarTooLongRejectsItsRowAloneAndIsFound() {
    String key = longText(200_000);
    Upload upload =
        world.upload(
            "ACME",
            "long.csv",
            World.HEADER + row("A-1", "Car") + row(key, "Long") + row("A-3", "Hammer"));
    assertThat(upload.state()).isEqualTo(Upload.State.PARTIAL);
    assertThat(upload.books()).isEqualTo(new Books(3, 2, 0, 1, 0, 0));
    assertThat(world.uploads.rejected(upload.id(), null, null, null, 10).items())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.errorType()).isEqualTo("FIELD_LENGTH_EXCEEDED");
          assertThat(row.vendorProductId()).isEqualTo(key);
        });
    assertThat(world.trace.of(key)).extracting(TraceSource.Step::what).containsExactly("rejected");
    assertThat(world.trace.of("SKU-" + key)).hasSize(1);
    assertThat(world.upload("ACME", "next.csv", World.HEADER + row("A-4", "Saw")).state())
        .isEqualTo(Upload.State.COMPLETED);
  }

  @Test
  void aRowTheDatabaseRefusesIsFoundAmongItsNeighbours() {
    sql("alter table product add constraint odd check (name not like 'Odd %')");
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 1; i <= 40; i++) {
      text.append(row("A-" + i, i % 15 == 0 ? "Odd " + i : "Thing"));
    }
    Upload upload = world.upload("ACME", "odd.csv", text.toString());
    assertThat(upload.books()).isEqualTo(new Books(40, 38, 0, 2, 0, 0));
    assertThat(world.uploads.rejected(upload.id(), "NOT_STORABLE", null, null, 10).items())
        .hasSize(2)
        .allSatisfy(
            row -> assertThat(row.problems().getFirst().message()).contains("cannot hold a value"))
        .extracting(Uploads.RejectedRow::vendorProductId)
        .containsExactly("A-15", "A-30");
  }

  @Test
  void aRowThatCannotEvenBeKeptFailsTheFileAndNotTheVendor() {
    sql("alter table product add constraint odd check (name <> 'Odd')");
    sql("alter table dead_letter add constraint odd check (key <> 'A-2')");
    Upload upload =
        world.upload(
            "ACME",
            "odd.csv",
            World.HEADER + row("A-1", "Car") + row("A-2", "Odd") + row("A-3", "Saw"));
    assertThat(upload.state()).isEqualTo(Upload.State.FAILED);
    assertThat(upload.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("NOT_STORABLE");
          assertThat(failure.message()).contains("row 2 can be neither applied nor kept");
          assertThat(failure.line()).isEqualTo(3);
        });
    assertThat(upload.books()).isEqualTo(new Books(1, 1, 0, 0, 0, 0));
    assertThat(world.upload("ACME", "next.csv", World.HEADER + row("A-4", "Saw")).state())
        .isEqualTo(Upload.State.COMPLETED);
  }

  @Test
  void aFileThatMeetsADefectIsGivenUpAndHoldsUpNobodyElse() {
    world.vendors.create(World.ANNA, VendorDraft.of("ZETA", "Zeta"));
    // A rule that was fine when it was written, and that this program does not understand.
    sql(
        """
        insert into vendor_rule (id, vendor, name, expression, message, severity, active, created_by)
        values (gen_random_uuid(), 'ACME', 'Odd', 'price >', 'odd', 'reject', true, 'user:anna')
        """);
    Upload stuck = world.submit("ACME", "stuck.csv", World.HEADER + row("A-1", "Car")).upload();
    assertThat(world.upload("ZETA", "fine.csv", World.HEADER + row("Z-1", "Saw")).state())
        .isEqualTo(Upload.State.COMPLETED);
    Upload failed = world.await(stuck.id());
    assertThat(failed.state()).isEqualTo(Upload.State.FAILED);
    assertThat(failed.failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo("INTERNAL");
          assertThat(failure.message()).contains("defect").contains(stuck.id().toString());
        });
    sql("delete from vendor_rule");
    assertThat(world.upload("ACME", "next.csv", World.HEADER + row("A-2", "Car")).state())
        .isEqualTo(Upload.State.COMPLETED);
  }

  @Test
  void aFullDiskIsWaitedForWhileOthersGoOn() throws InterruptedException {
    world.vendors.create(World.ANNA, VendorDraft.of("ZETA", "Zeta"));
    sql(
        """
        create function full_disk() returns trigger language plpgsql as $$ begin
          if (select flow from batch where id = new.batch_id) = 'ACME' then
            raise exception 'no space left on device' using errcode = '53100';
          end if;
          return new;
        end $$;
        create trigger full_disk before insert on batch_chunk
          for each row execute function full_disk()
        """);
    Upload waiting = world.submit("ACME", "large.csv", World.HEADER + row("A-1", "Car")).upload();
    assertThat(world.upload("ZETA", "fine.csv", World.HEADER + row("Z-1", "Saw")).state())
        .isEqualTo(Upload.State.COMPLETED);
    Upload held = waiting;
    while (held.failure() == null) {
      held = world.uploads.await(waiting.id(), Duration.ofMillis(20));
    }
    assertThat(held.failure())
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("WAITING_FOR_SPACE"));
    assertThat(held.state().finished()).isFalse();
    sql("drop trigger full_disk on batch_chunk");
    Upload done = world.await(waiting.id());
    assertThat(done.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(done.failure()).isNull();
  }

  @Test
  void aFileThatEndedTheProgramAgainAndAgainIsGivenUp() {
    world.close();
    Upload waiting = world.submit("ACME", "deadly.csv", World.HEADER + row("A-1", "Car")).upload();
    sql("update upload set attempts = 8, state = 'parsing'");
    try (World next = world().started()) {
      Upload failed = next.await(waiting.id());
      assertThat(failed.state()).isEqualTo(Upload.State.FAILED);
      assertThat(failed.failure())
          .satisfies(
              failure -> assertThat(failure.message()).contains("the program ended 8 times"));
    }
  }
}
