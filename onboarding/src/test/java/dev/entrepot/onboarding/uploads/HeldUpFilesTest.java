package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.onboarding.notices.SteppedClock;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One file or one vendor's folder never holds up the others.
class HeldUpFilesTest {
  private static final String ROW = ",Red car,Toys,,Fast,%s,Acme,10.00,12.50,5,piece,0.3\n";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path data;
  @TempDir Path inbox;

  private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-21T05:23:03Z"));
  private final Database database = TestDatabase.fresh();
  private World world;
  private RefusedFileStore refused;
  private FolderWatcher watcher;

  @BeforeEach
  void open() throws IOException {
    world =
        new World(database, data, "node-1")
            .with(VendorDraft.of("ACME", "Acme"))
            .with(VendorDraft.of("ZETA", "Zeta"))
            .started();
    refused = new RefusedFileStore(database, new ActivityLog(database), clock);
    watcher = watcher();
    Files.createDirectories(inbox.resolve("ACME"));
    Files.createDirectories(inbox.resolve("ZETA"));
  }

  @AfterEach
  void close() {
    watcher.close();
    world.close();
    database.close();
  }

  private FolderWatcher watcher() {
    return new FolderWatcher(inbox, world.uploads, refused, Duration.ofHours(1), clock);
  }

  private Path put(String path) throws IOException {
    return Files.writeString(inbox.resolve(path), World.HEADER + path + ROW.formatted(path));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(inbox.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void look(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      watcher.look();
    }
  }

  private List<RefusedFiles.RefusedFile> told() {
    return refused.list(RefusedFiles.Selection.ALL, null, 50).items();
  }

  private int uploads() {
    return world.uploads.list(Uploads.Query.ALL, null, 50).items().size();
  }

  /// Where a folder cannot be made, not even by root.
  private void block(String folder) throws IOException {
    Files.createSymbolicLink(inbox.resolve(folder), inbox.resolve("nowhere/at-all"));
  }

  @Test
  void aLongNameIsTakenAndRefusedLikeAnyOther() throws IOException {
    Files.createDirectories(inbox.resolve("NOBODY"));
    String name = "ü".repeat(125) + ".csv";
    put("ZETA/plain.csv");
    Files.writeString(inbox.resolve("ACME").resolve(name), World.HEADER + "1" + ROW.formatted("1"));
    Files.writeString(inbox.resolve("NOBODY").resolve(name), World.HEADER);
    look(5);
    assertThat(names("ACME")).containsExactly("done");
    assertThat(names("ACME/done")).singleElement().asString().contains("-üü").endsWith(".csv");
    assertThat(names("NOBODY")).containsExactly("refused");
    assertThat(names("NOBODY/refused"))
        .hasSize(2)
        .allSatisfy(kept -> assertThat(kept).startsWith("20261121T052303.000Z-üü"));
    assertThat(told())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.fileName()).isEqualTo(name);
          assertThat(Path.of(one.keptAt())).exists();
        });
    assertThat(names("ZETA/done")).hasSize(1);
  }

  @Test
  void aFileThatCannotBeMovedIsTakenOnceToldOfOnceAndMovedLater() throws IOException {
    block("ACME/done");
    Path file = put("ACME/products.csv");
    put("ZETA/products.csv");
    look(5);
    assertThat(names("ZETA/done")).hasSize(1);
    assertThat(uploads()).isEqualTo(2);
    assertThat(told())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.code()).isEqualTo("NOT_MOVED");
          assertThat(one.vendor()).isEqualTo("ACME");
          assertThat(one.reason()).contains("upload ", "was made of it", "let the account");
          assertThat(one.keptAt()).isEqualTo(file.toAbsolutePath().toString());
        });
    clock.step(MINUTE);
    look(1);
    assertThat(told()).hasSize(1);
    Files.delete(inbox.resolve("ACME/done"));
    clock.step(MINUTE);
    look(1);
    assertThat(names("ACME")).containsExactly("done");
    assertThat(uploads()).isEqualTo(2);
    assertThat(refused.open()).isZero();
  }

  @Test
  void aRefusedFileThatCannotBeMovedIsToldOfOnceWithWhereItLies() throws IOException {
    Files.createDirectories(inbox.resolve("NOBODY"));
    block("NOBODY/refused");
    block("refused");
    Path file = put("NOBODY/products.csv");
    put("stray.csv");
    put("ZETA/products.csv");
    look(5);
    watcher = watcher();
    look(3);
    assertThat(names("ZETA/done")).hasSize(1);
    assertThat(told())
        .extracting(RefusedFiles.RefusedFile::fileName, RefusedFiles.RefusedFile::code)
        .containsExactlyInAnyOrder(
            tuple("products.csv", "NOT_FOUND"), tuple("stray.csv", "NO_VENDOR_FOLDER"));
    assertThat(told())
        .anySatisfy(one -> {
          assertThat(one.keptAt()).isEqualTo(file.toAbsolutePath().toString());
          assertThat(one.reason()).contains("there is no vendor \"NOBODY\"", "cannot be moved");
        });
    Files.delete(inbox.resolve("NOBODY/refused"));
    Files.delete(inbox.resolve("refused"));
    clock.step(MINUTE);
    look(1);
    assertThat(file).doesNotExist();
    assertThat(told())
        .hasSize(2)
        .allSatisfy(one -> {
          assertThat(Path.of(one.keptAt())).exists();
          assertThat(one.reason()).doesNotContain("cannot be moved");
          assertThat(one.dismissedAt()).isNull();
        });
  }

  @Test
  void aFileThatCannotBeReadHoldsUpNoOther() throws IOException {
    Path unreadable = Path.of("/proc/self/mem");
    Assumptions.assumeTrue(Files.exists(unreadable), "no file that nobody can read");
    Path link = inbox.resolve("ACME/broken.csv");
    Files.createSymbolicLink(link, unreadable);
    put("ACME/products.csv");
    put("ZETA/products.csv");
    look(10);
    watcher = watcher();
    look(3);
    assertThat(names("ACME/done")).hasSize(1);
    assertThat(names("ZETA/done")).hasSize(1);
    assertThat(told())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.code()).isEqualTo("UNREADABLE");
          assertThat(one.fileName()).isEqualTo("broken.csv");
          assertThat(one.reason()).contains("it cannot be read", "let the account");
        });
    Files.delete(link);
    put("ACME/broken.csv");
    clock.step(MINUTE);
    look(2);
    assertThat(names("ACME/done")).hasSize(2);
    assertThat(refused.open()).isZero();
  }

  @Test
  void aFolderThatCannotBeReadHoldsUpNoOther() throws IOException {
    Path folder = inbox.resolve("ACME");
    put("ACME/products.csv");
    put("ZETA/products.csv");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
    try {
      Assumptions.assumeFalse(Files.isReadable(folder), "root reads every folder");
      look(5);
      assertThat(names("ZETA/done")).hasSize(1);
      assertThat(told())
          .singleElement()
          .satisfies(one -> {
            assertThat(one.code()).isEqualTo("UNREADABLE");
            assertThat(one.fileName()).isEqualTo("ACME/");
          });
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    look(2);
    assertThat(names("ACME/done")).hasSize(1);
    assertThat(refused.open()).isZero();
  }
}
