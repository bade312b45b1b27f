package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// While a file is read, the disk of this node has no room for the keys that memory does not hold,
/// or the catalogue's keys cannot be read to their end.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class NoRoomTest {
  /// Such a table of keys has room for 5,461 of them; then it grows into a file.
  private static final long SMALL_TABLE = 1 << 17;

  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private World world() {
    World world = new World(database, folder, "node-1", new HurriedClock(), SMALL_TABLE);
    world.vendors.create(World.ANNA, VendorDraft.of("ZETA", "Zeta"));
    return world.with(VendorDraft.of("ACME", "Acme"));
  }

  private static String rows(int from, int to) {
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = from; i <= to; i++) {
      text.append("A-%1$d,Car %1$d,Toys,,,SKU-%1$d,Acme,10.00,,5,,\n".formatted(i));
    }
    return text.toString();
  }

  private static Upload held(World world, Upload upload) throws InterruptedException {
    Upload held = upload;
    while (held.failure() == null) {
      assertThat(held.state().finished()).as("finished, and was never held up").isFalse();
      held = world.uploads.await(upload.id(), Duration.ofMillis(20));
    }
    return held;
  }

  private void sql(String text) {
    int _ = database.write(transaction -> Sql.of(text).update(transaction));
  }

  /// Nothing of a table of keys is left in the memory of this program, as far as the system tells.
  private void assertGivenBack() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (Files.exists(maps)) {
      assertThat(Files.readAllLines(maps)).noneMatch(line -> line.contains(folder.toString()));
    }
  }

  @Test
  void readingWaitsBehindWhatIsSettledUntilThereIsRoom() throws Exception {
    try (World world = world()) {
      Upload large = world.submit("ACME", "large.csv", rows(1, 7_000)).upload();
      Upload small = world.submit("ZETA", "small.csv", rows(8_001, 8_001)).upload();
      // What a full disk refuses is refused as well by a file that lies where the folder was.
      Path spill = new FileStore(folder.resolve("files"), 0, "node-1").spillFolder();
      Files.delete(spill);
      Files.createFile(spill);
      world.started();

      assertThat(world.await(small.id()).state()).isEqualTo(Upload.State.COMPLETED);
      Upload held = held(world, large);
      assertThat(held.state().finished()).isFalse();
      assertThat(held.books()).isEqualTo(new Books(5_000, 5_000, 0, 0, 0, 0));
      assertThat(held.failure())
          .satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("WAITING_FOR_SPACE");
            assertThat(failure.message())
                .contains("262,144 bytes cannot be written in " + spill)
                .endsWith("free some space and reading goes on");
          });
      world.audited();

      Files.delete(spill);
      Files.createDirectory(spill);
      Upload done = world.await(large.id());
      assertThat(done.state()).isEqualTo(Upload.State.COMPLETED);
      assertThat(done.failure()).isNull();
      assertThat(done.books()).isEqualTo(new Books(7_000, 7_000, 0, 0, 0, 0));
      assertThat(world.products()).hasSize(7_001);
      assertThat(spill).isEmptyDirectory();
      world.audited();
    }
    assertGivenBack();
  }

  @Test
  void keysOfTheCatalogueThatCannotBeReadToTheirEndLeaveNothingBehind() throws Exception {
    try (World world = world().started()) {
      assertThat(world.upload("ACME", "first.csv", rows(1, 20_001)).books().written())
          .isEqualTo(20_001);
      sql("alter table product rename to held_product");
      sql(
          """
          create function full_disk(text) returns text language plpgsql stable as $$ begin
            raise exception 'no space left on device' using errcode = '53100';
          end $$;
          create view product as select sku, vendor, vendor_product_id,
            case sku when 'SKU-20001' then full_disk(slug) else slug end slug from held_product
          """);
      Upload second = world.submit("ACME", "second.csv", rows(30_001, 50_001)).upload();
      assertThat(held(world, second).failure())
          .satisfies(failure -> assertThat(failure.code()).isEqualTo("WAITING_FOR_SPACE"));
      sql("drop view product");
      sql("alter table held_product rename to product");
      assertThat(world.await(second.id()).books().written()).isEqualTo(20_001);
      world.audited();
    }
    assertGivenBack();
  }
}
