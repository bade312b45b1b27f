package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatcherTest {
  private static final String GOOD =
      World.HEADER + "A-1,Red car,Toys,,Fast,SKU-1,Acme,10.00,12.50,5,piece,0.3\n";

  @TempDir Path data;
  @TempDir Path inbox;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T05:23:03Z"), ZoneOffset.UTC);

  private final Database database = TestDatabase.fresh();
  private World world;
  private RefusedFileStore refused;
  private FolderWatcher watcher;

  @BeforeEach
  void open() throws IOException {
    world = new World(database, data, "node-1").with(VendorDraft.of("ACME", "Acme")).started();
    refused = new RefusedFileStore(database, new ActivityLog(database), CLOCK);
    watcher = new FolderWatcher(inbox, world.uploads, refused, Duration.ofHours(1), CLOCK);
    Files.createDirectories(inbox.resolve("ACME"));
  }

  @AfterEach
  void close() {
    watcher.close();
    world.close();
    database.close();
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(inbox.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /// Does something when a file was submitted, before anybody is told so.
  private Uploads uploads(Runnable afterwards) {
    return (Uploads)
        Proxy.newProxyInstance(
            Uploads.class.getClassLoader(),
            new Class<?>[] {Uploads.class},
            (_, method, arguments) -> {
              Object result = method.invoke(world.uploads, arguments);
              if (method.getName().equals("submit")) {
                afterwards.run();
              }
              return result;
            });
  }

  @Test
  void aFileThatIsReplacedWhileItIsReadIsReadToo() throws IOException {
    Path file = inbox.resolve("ACME/products.csv");
    Files.writeString(file, GOOD);
    Path next = Files.writeString(data.resolve("next"), GOOD.replace("10.00", "11.00"));
    Runnable replacing =
        () -> {
          try {
            if (Files.exists(next)) {
              Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (FolderWatcher replaced =
        new FolderWatcher(inbox, uploads(replacing), refused, Duration.ofHours(1), CLOCK)) {
      for (int look = 0; look < 4; look++) {
        replaced.look();
      }
    }
    assertThat(world.uploads.list(Uploads.Query.ALL, null, 10).items()).hasSize(2);
    assertThat(names("ACME")).isEmpty();
    assertThat(names("ACME/done")).hasSize(1);
  }

  @Test
  void aFileIsTakenWhenItNoLongerGrows() throws IOException {
    Path file = inbox.resolve("ACME/products.csv");
    Files.writeString(file, World.HEADER);
    watcher.look();
    Files.writeString(file, GOOD);
    watcher.look();
    assertThat(names("ACME")).containsExactly("products.csv");
    watcher.look();
    assertThat(names("ACME")).isEmpty();
    assertThat(names("ACME/done")).singleElement().asString().endsWith("-products.csv");
    Upload upload = world.uploads.list(Uploads.Query.ALL, null, 10).items().getFirst();
    assertThat(world.await(upload.id()).books().written()).isEqualTo(1);
    assertThat(upload.source()).isEqualTo(Upload.Source.FOLDER);
  }

  @Test
  void aFileNobodyMayUploadIsRefusedWithTheReason() throws IOException {
    Files.createDirectories(inbox.resolve("NOBODY"));
    Files.writeString(inbox.resolve("NOBODY/products.csv"), GOOD);
    watcher.look();
    watcher.look();
    List<String> refused = names("NOBODY/refused");
    assertThat(refused)
        .containsExactly(
            "20261121T052303.000Z-products.csv", "20261121T052303.000Z-products.csv.txt");
    assertThat(inbox.resolve("NOBODY/refused").resolve(refused.getLast()))
        .content()
        .contains("there is no vendor \"NOBODY\"");
  }

  @Test
  void refusedFilesAreToldOfUntilSomebodyDismissesThem() throws IOException {
    Files.createDirectories(inbox.resolve("NOBODY"));
    Files.writeString(inbox.resolve("NOBODY/products.csv"), GOOD);
    Files.writeString(inbox.resolve("stray.csv"), GOOD);
    watcher.look();
    watcher.look();
    assertThat(refused.open()).isEqualTo(2);
    List<RefusedFiles.RefusedFile> told =
        refused.list(RefusedFiles.Selection.OPEN, null, 10).items();
    assertThat(told)
        .extracting(RefusedFiles.RefusedFile::fileName, RefusedFiles.RefusedFile::code)
        .containsExactly(
            tuple("stray.csv", "NO_VENDOR_FOLDER"), tuple("products.csv", "NOT_FOUND"));
    RefusedFiles.RefusedFile first = told.getLast();
    assertThat(first.vendor()).isEqualTo("NOBODY");
    assertThat(Path.of(first.keptAt())).exists();
    assertThat(first.reason()).contains("there is no vendor \"NOBODY\"");
    refused.dismiss(World.ANNA, first.id());
    assertThat(refused.open()).isEqualTo(1);
    assertThat(refused.list(RefusedFiles.Selection.ALL, null, 10).items())
        .last()
        .extracting(RefusedFiles.RefusedFile::dismissedBy)
        .isEqualTo(World.ANNA.reference());
    assertThatThrownBy(() -> refused.dismiss(World.ANNA, first.id()))
        .isInstanceOf(OnboardingException.class)
        .hasMessageContaining("dismissed already");
  }

  @Test
  void aFileInNoVendorsFolderIsRefusedWithTheReason() throws IOException {
    Files.writeString(inbox.resolve("stray.csv"), GOOD);
    watcher.look();
    assertThat(inbox.resolve("stray.csv")).exists();
    watcher.look();
    watcher.look();
    assertThat(inbox.resolve("stray.csv")).doesNotExist();
    assertThat(inbox.resolve("refused/20261121T052303.000Z-stray.csv.txt"))
        .content()
        .contains("it lies in no vendor's folder");
    assertThat(world.uploads.list(Uploads.Query.ALL, null, 10).items()).isEmpty();
  }

  @Test
  void filesStillOnTheirWayAreLeftAlone() throws IOException {
    Files.writeString(inbox.resolve("ACME/products.csv.part"), GOOD);
    Files.writeString(inbox.resolve("ACME/.hidden.csv"), GOOD);
    watcher.look();
    watcher.look();
    watcher.look();
    assertThat(names("ACME")).hasSize(2);
  }
}
