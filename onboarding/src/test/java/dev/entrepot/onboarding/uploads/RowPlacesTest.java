package dev.entrepot.onboarding.uploads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.TraceSource;
import dev.entrepot.onboarding.uploads.Uploads.RowPlace;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows are told of by the number that a spreadsheet shows, in the file that people know.
class RowPlacesTest {
  private static final String MIGRATION = "/dev/entrepot/migrations/V0052__upload_sheet.sql";

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

  private static String row(int number, String price) {
    return "A-%1$d,Car %1$d,Toys,,,SKU-%1$d,Acme,%2$s,,5,,\n".formatted(number, price);
  }

  private RowPlace place(UUID upload, long record) {
    RowReference row = new RowReference(upload, record);
    return Objects.requireNonNull(world.uploads.places(List.of(row)).get(row));
  }

  @Test
  void anAcceptedRowStandsWhereTheSpreadsheetShowsIt() {
    Upload upload =
        world.upload("ACME", "cars.csv", World.HEADER + "\n\n" + row(1, "9.90") + row(2, "ten"));
    assertThat(place(upload.id(), 1)).isEqualTo(new RowPlace(upload.id(), "cars.csv", 4L));
    assertThat(place(upload.id(), 2)).isEqualTo(new RowPlace(upload.id(), "cars.csv", 5L));
    assertThat(place(upload.id(), 9)).isEqualTo(new RowPlace(upload.id(), "cars.csv", null));
    assertThat(world.uploads.places(List.of(new RowReference(UUID.randomUUID(), 1)))).isEmpty();
  }

  @Test
  void aMendedRowStandsWhereTheOneDoesThatItMends() {
    Upload first = world.upload("ACME", "cars.csv", World.HEADER + row(1, "9.90") + row(2, "ten"));
    Upload child =
        world.await(world.uploads.resubmit(World.ANNA, first.id(), wrong(first)).upload().id());
    assertThat(world.rejected(child.id()))
        .extracting(Uploads.RejectedRow::number, Uploads.RejectedRow::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, 3L));
    Upload grandchild =
        world.await(world.uploads.resubmit(World.ANNA, child.id(), wrong(child)).upload().id());
    RowPlace original = new RowPlace(first.id(), "cars.csv", 3L);
    assertThat(place(child.id(), 1)).isEqualTo(original);
    assertThat(place(grandchild.id(), 1)).isEqualTo(original);
  }

  @Test
  void everythingThatIsToldOfAMendedRowNamesTheRowOfTheFirstFile() throws IOException {
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    String file = World.HEADER + row(1, "9.90") + row(2, "ten") + row(3, "ten") + row(4, "ten");
    Upload first = world.upload("ACME", "cars.csv", file);
    String errors = world.errors(first.id());
    String mended =
        errors
            .replace("Acme,ten,,5,,," + first.id() + ":3", "Acme,8.00,,5,,," + first.id() + ":3")
            .replace("Car 4,Toys,,,SKU-4,Acme,ten", "Car 4,Toys,,,SKU-3,Acme,8.00");
    assertThat(mended).isNotEqualTo(errors);
    Upload child = world.upload("ACME", "errors.csv", mended);
    assertThat(world.uploads.pending(child.id(), null, 10).items())
        .extracting(Uploads.PendingRow::line)
        .containsExactly(4L);
    List<Uploads.RejectedRow> rejected = world.rejected(child.id());
    assertThat(rejected).extracting(Uploads.RejectedRow::line).containsExactly(3L, 5L);
    assertThat(rejected.getLast().problems().getFirst().message()).contains("on row 4 of this");
    assertThat(world.errors(child.id()).lines().skip(1).map(line -> line.substring(0, 2)))
        .containsExactly("3,", "5,");
    ByteArrayOutputStream workbook = new ByteArrayOutputStream();
    world.uploads.writeErrors(child.id(), Uploads.ReportFormat.XLSX, workbook);
    Upload grandchild =
        world.await(
            world
                .submit("ACME", "errors.xlsx", workbook.toByteArray(), Uploads.Limits.OPERATOR)
                .upload()
                .id());
    assertThat(world.rejected(grandchild.id()))
        .extracting(Uploads.RejectedRow::line)
        .containsExactly(3L);
    assertThat(world.uploads.pending(grandchild.id(), null, 10).items())
        .extracting(Uploads.PendingRow::line)
        .containsExactly(5L);
  }

  /// Before, the row that was sent again stood where it does in the file made of what was mended.
  @Test
  void rowsThatWereSentAgainBeforeAreCalledSo() throws IOException {
    Upload first = world.upload("ACME", "cars.csv", World.HEADER + row(1, "9.90") + row(2, "ten"));
    Upload child =
        world.await(world.uploads.resubmit(World.ANNA, first.id(), wrong(first)).upload().id());
    execute("update dead_letter set line = 2 where batch_id = '" + child.id() + "'");
    execute("alter table upload drop column sheet");
    try (InputStream file = RowPlacesTest.class.getResourceAsStream(MIGRATION)) {
      execute(new String(file.readAllBytes(), UTF_8));
    }
    assertThat(world.rejected(child.id()))
        .extracting(Uploads.RejectedRow::line)
        .containsExactly(3L);
  }

  private void execute(String statements) {
    boolean _ =
        database.<Boolean>write(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(statements);
          }
        });
  }

  /// The second row once more, still with a price that is none.
  private List<Uploads.MendedRow> wrong(Upload upload) {
    Uploads.RejectedRow row = world.rejected(upload.id()).getFirst();
    List<String> cells = new ArrayList<>(row.cells());
    cells.set(7, "eleven");
    return List.of(new Uploads.MendedRow(row.number(), cells));
  }

  @Test
  void anotherVendorsFileIsNotNamed() {
    Upload first = world.upload("ACME", "secret.csv", World.HEADER + row(1, "ten"));
    String errors = world.errors(first.id());
    world.vendors.create(World.ANNA, VendorDraft.of("OTHER", "Other"));
    Upload other = world.upload("OTHER", "found.csv", errors);
    assertThat(place(other.id(), 1).fileName()).isEqualTo("found.csv");
  }

  @Test
  void aStoryTellsADecisionWhenItWasMadeAndChangesInWords() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.REQUIRED));
    Upload upload =
        world.upload("ACME", "cars.csv", World.HEADER + row(1, "9.90") + row(2, "8.00"));
    world.decline(upload.id(), List.of(2L), "not ours");
    world.approve(upload.id(), null);
    List<TraceSource.Step> declined = world.trace.of("SKU-2");
    assertThat(declined)
        .extracting(TraceSource.Step::what)
        .containsExactly("waiting for approval", "declined");
    assertThat(declined.getLast().detail()).endsWith(": not ours");
    assertThat(declined.getLast().at()).isAfter(declined.getFirst().at());
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
    world.upload("ACME", "dearer.csv", World.HEADER + row(1, "12.50"));
    assertThat(world.trace.of("SKU-1").getLast().detail()).isEqualTo("price: 9.90 → 12.50");
  }
}
