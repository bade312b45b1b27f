package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decisions on more rows than are held at a time.
class ManyApprovalsTest {
  private static final int ROWS = 11_000;

  @TempDir Path folder;

  @Test
  void allOfThemAreDecidedWhateverTheirNumberAndSize() {
    try (Database database = TestDatabase.fresh();
        World world =
            new World(database, folder, "node-1")
                .with(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED))
                .started()) {
      Upload upload = world.upload("ACME", "many.csv", file());
      assertThat(upload.books().pending()).isEqualTo(ROWS);
      List<Long> some = LongStream.rangeClosed(1, 5_500).boxed().toList();
      assertThat(world.decline(upload.id(), some, "no toys"))
          .isEqualTo(new Uploads.Decision(0, 5_500, 0, 0));
      // No more time than for one step: what it decided stands, and is told with what is left.
      Uploads.Decision step =
          world.uploads.approve(
              World.ANNA, upload.id(), null, Uploads.OlderRows.WAIT, Duration.ZERO);
      assertThat(step.approved()).isBetween(1L, 5_000L);
      assertThat(step)
          .isEqualTo(new Uploads.Decision(step.approved(), 0, 0, 5_500 - step.approved()));
      assertThat(world.uploads.find(upload.id()).orElseThrow().books().pending())
          .isEqualTo(step.left());
      // The same names again and again: slugs must differ.
      assertThat(world.approve(upload.id(), null))
          .isEqualTo(new Uploads.Decision(step.left(), 0, 0, 0));
      assertThat(world.uploads.find(upload.id()).orElseThrow().books())
          .isEqualTo(new Books(ROWS, 5_500, 0, 5_500, 0, 0));
      assertThat(world.audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
    }
  }

  private static String file() {
    String large = "x".repeat(900);
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 1; i <= ROWS; i++) {
      text.append("A-%d,Thing %d,Toys,,%s,SKU-%d,Acme,10.00,,5,,\n".formatted(i, i / 3, large, i));
    }
    return text.toString();
  }
}
