package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rejected rows: how people are told of them, and how they come back mended.
class MendedRowsTest {
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
  void whatARepetitionAcceptsIsMendedInTheFirst() {
    Upload first =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Games,,,SKU-1,Acme,10.00,,5,,\n"
                + "A-2,Blue car,Toys,,,SKU-2,Acme,ten,,5,,\n");
    assertThat(first.openErrors()).isEqualTo(2);
    world.catalogue.createCategory(World.ANNA, "games", "Games", null);
    Upload again = world.await(world.uploads.rerun(World.ANNA, first.id(), null).upload().id());

    assertThat(again.books()).isEqualTo(new Books(2, 1, 0, 1, 0, 0));
    assertThat(world.rejected(first.id()))
        .extracting(Uploads.RejectedRow::state, Uploads.RejectedRow::resolvedBy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Uploads.RowState.MENDED, again.id()),
            org.assertj.core.groups.Tuple.tuple(Uploads.RowState.RETRIED, again.id()));
    assertThat(world.uploads.find(first.id()).orElseThrow().openErrors()).isZero();
    assertThat(world.uploads.find(again.id()).orElseThrow().openErrors()).isEqualTo(1);
    world.audited();
  }

  @Test
  void peopleAreToldTheRowThatASpreadsheetShows() {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,,SKU-1,Acme,10.00,,5,,\n"
                + "\n,,,,,,,,,,,\n"
                + "A-1,Twice,Toys,,,SKU-1,Acme,10.00,,5,,\n"
                + "A-4,Too,few\n");
    List<Uploads.RejectedRow> rows = world.rejected(upload.id());
    assertThat(rows).extracting(Uploads.RejectedRow::number).containsExactly(2L, 3L);
    assertThat(rows).extracting(Uploads.RejectedRow::line).containsExactly(5L, 6L);
    assertThat(rows.getFirst().problems().getFirst().message()).contains("on row 2 of this file");
    assertThat(rows.getLast().problems().getFirst().message()).startsWith("row 6 has 3 values");
    assertThat(world.errors(upload.id()).lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("5,"), line -> assertThat(line).startsWith("6,"));
  }

  @Test
  void mendedRowsAreSentAgain() {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n"
                + "A-2,Blue car,Toys,,\"=1+1, \"\"x\"\"\",SKU-2,Acme,1.00,,many,,\n");
    assertThat(upload.state()).isEqualTo(Upload.State.FAILED);
    List<Uploads.RejectedRow> rows = world.rejected(upload.id());
    List<String> cells = new ArrayList<>(rows.getFirst().cells());
    assertThat(world.uploads.check(upload.id(), new Uploads.MendedRow(1, cells))).hasSize(1);
    cells.set(7, "10.00");
    Uploads.MendedRow mended = new Uploads.MendedRow(1, cells);
    assertThat(world.uploads.check(upload.id(), mended)).isEmpty();
    Upload child =
        world.await(world.uploads.resubmit(World.ANNA, upload.id(), List.of(mended)).upload().id());
    assertThat(child.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(child.parent()).isEqualTo(upload.id());
    assertThat(world.rejected(upload.id()))
        .extracting(Uploads.RejectedRow::state)
        .containsExactly(Uploads.RowState.MENDED, Uploads.RowState.OPEN);
    assertThat(world.uploads.find(upload.id()).orElseThrow().openErrors()).isEqualTo(1);
    assertThatThrownBy(() -> world.uploads.resubmit(World.ANNA, upload.id(), List.of(mended)))
        .isInstanceOf(OnboardingException.class)
        .hasMessageContaining("mended already");
    world.audited();
  }

  @Test
  void anErrorFileIsMendedAndSentAgainAsItIs() {
    Upload upload =
        world.upload(
            "ACME",
            "products.csv",
            World.HEADER
                + "A-1,Red car,Toys,,\"=2+2\",SKU-1,Acme,ten,,5,,\n"
                + "A-2,Blue car,Toys,,,SKU-2,Acme,nine,,5,,\n");
    String report = world.errors(upload.id());
    assertThat(report).contains("Error Type").contains("'=2+2");
    Upload again = world.upload("ACME", "mended.csv", report.replace(",ten,,5", ",10.50,,5"));
    assertThat(again.books()).isEqualTo(new Books(2, 1, 0, 1, 0, 0));
    assertThat(world.catalogue.findBySku("SKU-1").map(Product::description))
        .isEqualTo(Optional.of("=2+2"));
    assertThat(world.rejected(upload.id()).getFirst().state()).isEqualTo(Uploads.RowState.MENDED);
    world.audited();
  }

  @Test
  void aValueMendedInTheReportsOwnColumnCountsToo() {
    Upload upload =
        world.upload(
            "ACME", "products.csv", World.HEADER + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n");
    String report = world.errors(upload.id());
    assertThat(report).contains(",ten,5,Acme,");
    Upload again = world.upload("ACME", "m.csv", report.replace(",ten,5,Acme,", ",10.50,5,Acme,"));
    assertThat(again.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(world.catalogue.findBySku("SKU-1").map(Product::price))
        .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("10.50"));
  }
}
