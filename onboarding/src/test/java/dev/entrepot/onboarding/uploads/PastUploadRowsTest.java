package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What rules are tried on: each row once, as it was last sent.
class PastUploadRowsTest {
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

  /// Each row as `sku=price`, in the order of visits.
  private List<String> visited(@Nullable String vendor, int rows) {
    List<String> visited = new ArrayList<>();
    new PastUploadRows(database, new FileStore(folder.resolve("files"), 0, "node-1"))
        .newest(
            vendor,
            rows,
            (_, _, _, row) -> visited.add(row.value(Field.SKU) + "=" + row.value(Field.PRICE)));
    return visited;
  }

  @Test
  void aRowMendedInTheErrorFileIsVisitedAsItIsNow() {
    Upload first =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n"
                + "A-2,Blue car,Toys,,,SKU-2,Acme,nine,,5,,\n"
                + "A-3,Hammer,Tools,,,SKU-3,Acme,3.00,,5,,\n");
    String report = world.errors(first.id());
    Upload second =
        world.upload(
            "ACME",
            "mended.csv",
            report.replace(",ten,,5", ",10.50,,5").replace("A-2,Blue", "A-9,Blue"));
    assertThat(visited("ACME", 100)).containsExactly("SKU-1=10.50", "SKU-2=nine", "SKU-3=3.00");

    // Mended for the second time, under yet another id and sku.
    String again = world.errors(second.id());
    world.upload(
        "ACME",
        "again.csv",
        again.replace("A-9,", "A-7,").replace("SKU-2,Acme,nine", "SKU-7,Acme,9.00"));
    assertThat(visited("ACME", 100)).containsExactly("SKU-7=9.00", "SKU-1=10.50", "SKU-3=3.00");
  }

  @Test
  void aRowMendedInTheGridIsVisitedAsItIsNow() {
    Upload first =
        world.upload("ACME", "products.csv", World.HEADER + ",Red car,Toys,,,,Acme,10.00,,5,,\n");
    List<String> cells = new ArrayList<>(world.rejected(first.id()).getFirst().cells());
    cells.set(0, "A-1");
    cells.set(5, "SKU-1");
    world.await(
        world
            .uploads
            .resubmit(World.ANNA, first.id(), List.of(new Uploads.MendedRow(1, cells)))
            .upload()
            .id());
    assertThat(visited(null, 100)).containsExactly("SKU-1=10.00");
  }

  @Test
  void aWholeFileSentAnewReplacesTheRowsOfTheOldOne() {
    world.upload("ACME", "old.csv", World.GOOD);
    world.upload(
        "ACME",
        "new.csv",
        World.HEADER
            + "A-1,Red car,Toys,,Fast,SKU-1,Acme,12.00,,5,,\n"
            + "A-1,Red car,Toys,,Fast,SKU-1,Acme,13.00,,5,,\n");
    // Two rows of one file are two rows.
    assertThat(visited("ACME", 100))
        .containsExactly("SKU-1=12.00", "SKU-1=13.00", "SKU-2=11.00", "SKU-3=9.99");
    assertThat(visited("ACME", 3)).hasSize(3);
  }

  @Test
  void aFileRunAgainIsVisitedOnceAndVendorsAreKeptApart() {
    Upload first =
        world.upload("ACME", "products.csv", World.HEADER + ",Red car,Toys,,,,Acme,1.00,,5,,\n");
    world.await(world.uploads.rerun(World.ANNA, first.id(), null).upload().id());
    assertThat(visited("ACME", 100)).containsExactly("null=1.00");

    world.vendors.create(World.ANNA, VendorDraft.of("OTHER", "Other"));
    world.upload("ACME", "one.csv", World.GOOD);
    world.upload("OTHER", "one.csv", World.GOOD);
    assertThat(visited(null, 100)).hasSize(7);
    assertThat(visited("OTHER", 100)).hasSize(3);
  }
}
