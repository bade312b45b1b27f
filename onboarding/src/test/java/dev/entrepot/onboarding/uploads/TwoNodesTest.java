package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that share a database, with and without sharing the folder of files.
class TwoNodesTest {
  private static final String FILE = World.HEADER + "A-1,Car,Toys,,,SKU-1,Acme,10.00,,5,,\n";

  @TempDir Path folder;
  @TempDir Path other;
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private void sql(String text) {
    int _ = database.write(transaction -> Sql.of(text).update(transaction));
  }

  @Test
  void aFileIsReadByTheNodeThatHasIt() {
    try (World first = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme"));
        World second = new World(database, other, "node-2").with(VendorDraft.of("ZETA", "Zeta"))) {
      UUID id = second.submit("ACME", "here.csv", FILE).upload().id();
      first.started();
      first.upload("ZETA", "other.csv", FILE.replace("SKU-1", "SKU-2"));
      Upload waiting = first.uploads.find(id).orElseThrow();
      assertThat(waiting.state()).isEqualTo(Upload.State.RECEIVED);
      assertThatThrownBy(() -> first.uploads.sample(id, 10, null, null))
          .isInstanceOf(OnboardingException.class)
          .hasMessageContaining("lies on the node node-2");
      assertThatThrownBy(() -> first.uploads.requireOriginal(id))
          .hasMessageContaining("lies on the node node-2");
      second.started();
      assertThat(second.await(id).state()).isEqualTo(Upload.State.COMPLETED);
      UUID again = first.uploads.rerun(World.ANNA, id, null).upload().id();
      assertThat(first.await(again).books().unchanged()).isEqualTo(1);
    }
  }

  @Test
  void aRuleIsTriedOnTheFilesOfThisNodeAndTellsOfTheOthers() {
    try (World first = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme"));
        World second = new World(database, other, "node-2")) {
      first.started();
      first.upload("ACME", "here.csv", FILE);
      second.started();
      UUID there = second.submit("ACME", "there.csv", FILE.replace("-1,", "-2,")).upload().id();
      assertThat(second.await(there).books().written()).isEqualTo(1);

      assertThat(first.onboarding.rules().test("ACME", "price > 5", 100))
          .satisfies(trial -> {
            assertThat(trial.rows()).isEqualTo(1);
            assertThat(trial.filesElsewhere()).isEqualTo(1);
          });
      first.upload("ACME", "more.csv", FILE.replace("-1,", "-3,"));
      assertThat(first.onboarding.rules().test("ACME", "price > 5", 1).filesElsewhere()).isZero();
    }
  }

  @Test
  void peopleAreToldWhichNodeAFileWaitsFor() {
    try (World first = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme"));
        World second = new World(database, other, "node-2")) {
      UUID id = second.submit("ACME", "there.csv", FILE).upload().id();
      sql("update file_node set seen_at = now() - interval '1 hour'");
      first.started();
      assertThat(first.uploads.find(id).orElseThrow().failure())
          .satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("WAITING_FOR_NODE");
            assertThat(failure.message()).contains("the node node-2, which does not run");
          });
      second.started();
      assertThat(second.await(id).state()).isEqualTo(Upload.State.COMPLETED);
    }
  }

  @Test
  void nodesThatShareTheFolderReadEachOthersFiles() throws IOException {
    try (World first = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme"));
        World second = new World(database, folder, "node-2")) {
      first.started();
      UUID id = second.submit("ACME", "shared.csv", FILE).upload().id();
      assertThat(first.await(id).state()).isEqualTo(Upload.State.COMPLETED);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      second.uploads.writeOriginal(id, bytes);
      assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(FILE);
    }
  }
}
