package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.uploads.Uploads.RowState;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rejected rows that are tried again and again: a row is to be mended once, however often it was
/// tried.
class RowAttemptsTest {
  private static final String TWO_BAD =
      World.HEADER
          + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n"
          + "A-2,Blue car,Toys,,,SKU-2,Acme,nine,,5,,\n";

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
    world.audited();
    world.close();
    database.close();
  }

  private Upload priced(UUID upload, long number, String price) {
    List<String> cells =
        new ArrayList<>(world.uploads.rejectedRow(upload, number).orElseThrow().cells());
    cells.set(7, price);
    return world.await(
        world
            .uploads
            .resubmit(World.ANNA, upload, List.of(new Uploads.MendedRow(number, cells)))
            .upload()
            .id());
  }

  private Upload again(UUID upload) {
    return world.await(world.uploads.rerun(World.ANNA, upload, null).upload().id());
  }

  /// What the first pages show, and what leads to the uploads.
  private long toMend() {
    long listed =
        world
            .uploads
            .list(new Uploads.Query("ACME", null, null, Uploads.Mendable.OPEN), null, 100)
            .items()
            .stream()
            .mapToLong(Upload::openErrors)
            .sum();
    assertThat(world.uploads.figures("ACME", Instant.EPOCH).openErrors()).isEqualTo(listed);
    assertThat(world.uploads.figures(null, Instant.EPOCH).openErrors()).isEqualTo(listed);
    return listed;
  }

  private RowState state(UUID upload, long row) {
    return world.uploads.rejectedRow(upload, row).orElseThrow().state();
  }

  @Test
  void aRowRejectedAgainIsToBeMendedOnce() {
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    Upload second = priced(first.id(), 1, "eleven");
    assertThat(toMend()).isEqualTo(2);
    assertThat(state(first.id(), 1)).isEqualTo(RowState.RETRIED);
    assertThatThrownBy(() -> priced(first.id(), 1, "12"))
        .isInstanceOf(OnboardingException.class)
        .hasMessageContaining("sent again in upload " + second.id());

    Upload third = priced(second.id(), 1, "12");
    assertThat(third.books().written()).isEqualTo(1);
    assertThat(toMend()).isEqualTo(1);
    assertThat(state(first.id(), 1)).isEqualTo(RowState.MENDED);
    assertThat(state(second.id(), 1)).isEqualTo(RowState.MENDED);
  }

  @Test
  void errorFilesThatAreRejectedAgainCountOnceToo() {
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    String report = world.errors(first.id());
    Upload second = world.upload("ACME", "again.csv", report.replace("nine", "eight"));
    assertThat(toMend()).isEqualTo(2);
    // The same error file once more: it names the rows of the first upload, not of the second.
    world.upload("ACME", "once-more.csv", report.replace("nine", "7"));
    assertThat(toMend()).isEqualTo(1);
    assertThat(state(first.id(), 2)).isEqualTo(RowState.MENDED);
    assertThat(state(second.id(), 2)).isEqualTo(RowState.MENDED);
    assertThat(state(second.id(), 1)).isEqualTo(RowState.RETRIED);
  }

  @Test
  void aFileRunAgainAndAgainCountsOnceToo() {
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    priced(first.id(), 1, "eleven");
    Upload third = again(first.id());
    assertThat(toMend()).isEqualTo(2);
    assertThat(world.uploads.find(third.id()).orElseThrow().openErrors()).isEqualTo(2);
    assertThat(world.uploads.dismiss(World.ANNA, third.id(), List.of(1L), "not sold")).isEqualTo(1);
    assertThat(toMend()).isEqualTo(1);
  }

  @Test
  void anErrorFileSentAfterSomeRowsWereMendedDoesNotRejectThemAsTheirOwnDuplicates() {
    Upload first =
        world.upload("ACME", "products.csv", TWO_BAD + "A-3,Pan,Toys,,,SKU-3,Acme,eight,,5,,\n");
    String report = world.errors(first.id());
    priced(first.id(), 1, "10");
    Upload mender = priced(first.id(), 2, "9");
    Upload late =
        world.upload(
            "ACME",
            "mended.csv",
            report.replace("ten", "10.00").replace("nine", "9.99").replace("eight", "8"));
    assertThat(late.books()).isEqualTo(new Books(3, 1, 1, 0, 1, 0));
    assertThat(world.uploads.warnings(late.id(), null, 10).items())
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.message()).contains("mended before in upload " + mender.id()));
    assertThat(world.catalogue.findBySku("SKU-2").orElseThrow().price())
        .isEqualTo(new BigDecimal("9.00"));
    assertThat(toMend()).isZero();
  }

  @Test
  void underUpdateWhatIsSentAfterTheMendCounts() {
    world.change(World.acme(KnownKeyPolicy.UPDATE, ApprovalPolicy.AUTOMATIC));
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    String report = world.errors(first.id());
    priced(first.id(), 2, "9");
    Upload late =
        world.upload("ACME", "mended.csv", report.replace("ten", "10.00").replace("nine", "9.99"));
    assertThat(late.books()).isEqualTo(new Books(2, 2, 0, 0, 0, 0));
    assertThat(world.catalogue.findBySku("SKU-2").orElseThrow().price())
        .isEqualTo(new BigDecimal("9.99"));
  }

  @Test
  void aRowWhoseMendWasDeclinedIsNotMended() {
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload mend = priced(first.id(), 2, "9");
    assertThat(mend.books().pending()).isEqualTo(1);
    assertThat(toMend()).isEqualTo(1);
    world.decline(mend.id(), null, "too cheap");
    assertThat(toMend()).isEqualTo(2);
    assertThat(state(first.id(), 2)).isEqualTo(RowState.RETRIED);
    world.audited();

    Upload again = again(first.id());
    assertThat(again.books()).isEqualTo(new Books(2, 0, 0, 2, 0, 0));
    assertThat(toMend()).isEqualTo(2);
    assertThat(state(mend.id(), 1)).isEqualTo(RowState.RETRIED);
  }

  @Test
  void aRowCopiedInAnErrorFileIsToBeMendedOnce() {
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    String report = world.errors(first.id());
    String copy = report.lines().filter(line -> line.contains("nine")).findFirst().orElseThrow();
    Upload copied = world.upload("ACME", "copied.csv", report + copy + "\r\n");
    assertThat(copied.books().rejected()).isEqualTo(3);
    assertThat(toMend()).isEqualTo(2);
    world.audited();

    Upload right = world.upload("ACME", "right.csv", report.replace("nine", "9") + copy + "\r\n");
    assertThat(right.books()).isEqualTo(new Books(3, 1, 0, 2, 0, 0));
    assertThat(toMend()).isEqualTo(1);
    assertThat(state(first.id(), 2)).isEqualTo(RowState.MENDED);
    assertThat(state(right.id(), 3)).isEqualTo(RowState.MENDED);
  }

  /// Earlier programs called a row mended before its mend was approved, and left it so.
  @Test
  void rowsThatWereCalledMendedTooEarlyAreToBeMendedStill() throws IOException {
    Upload first = world.upload("ACME", "products.csv", TWO_BAD);
    world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
    Upload mend = priced(first.id(), 2, "9");
    world.decline(mend.id(), null, "too cheap");
    Upload again = priced(mend.id(), 1, "8");
    world.decline(again.id(), null, "cheaper still");
    int _ =
        database.write(transaction ->
            Sql.of(
                    """
                    update dead_letter set first_batch = null, first_record = null,
                      state = case when state = 'retried' then 'mended' else state end,
                      resolved_batch = case when batch_id = ? then ? else resolved_batch end
                    """)
                .with(first.id(), mend.id())
                .update(transaction));
    assertThatThrownBy(world::audited).hasMessageContaining("which is rejected");

    repair();
    assertThat(toMend()).isEqualTo(2);
    assertThat(state(first.id(), 2)).isEqualTo(RowState.RETRIED);
    assertThat(state(mend.id(), 1)).isEqualTo(RowState.RETRIED);
    world.audited();
    world.approve(priced(again.id(), 1, "7").id(), null);
    assertThat(toMend()).isEqualTo(1);
    assertThat(state(first.id(), 2)).isEqualTo(RowState.MENDED);
  }

  private void repair() throws IOException {
    try (InputStream script =
        Objects.requireNonNull(
            Database.class.getResourceAsStream(
                "/dev/entrepot/migrations/V0054__mended_too_early.sql"))) {
      String statements = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      for (String statement : Pattern.compile(";").splitAsStream(statements).toList()) {
        if (!statement.isBlank()) {
          int _ = database.write(transaction -> Sql.of(statement).update(transaction));
        }
      }
    }
  }
}
