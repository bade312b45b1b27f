package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a supplier may send in a day, also when it sends everything at once.
class QuotaTest {
  @TempDir private Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world = new World(database, folder, "node");
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private void vendor(UploadLimits limits) {
    world.with(acme(limits));
  }

  private void change(UploadLimits limits) {
    Vendor changed = world.change(acme(limits));
    assertThat(changed.limits()).isEqualTo(limits);
  }

  private static VendorDraft acme(UploadLimits limits) {
    VendorDraft base = VendorDraft.of("ACME", "Acme Toys");
    return new VendorDraft(
        base.code(),
        base.name(),
        base.status(),
        null,
        base.currency(),
        base.knownKey(),
        base.approval(),
        null,
        base.priceMoveShare(),
        limits,
        base.phoneRegion(),
        null);
  }

  private Uploads.Receipt submit(String prefix, int rows) {
    StringBuilder file = new StringBuilder(World.HEADER);
    for (int i = 0; i < rows; i++) {
      String id = prefix + i;
      file.append(id).append(",Robot,toys,,,").append(id).append(",,9.99,,1,,\n");
    }
    return world.submit(
        "ACME",
        prefix + ".csv",
        file.toString().getBytes(StandardCharsets.UTF_8),
        Uploads.Limits.SUPPLIER);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("files"))) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("store-id")).count();
    }
  }

  private static OnboardingException refused(Callable<?> work) {
    return Objects.requireNonNull(
        catchThrowableOfType(OnboardingException.class, work::call), "nothing was refused");
  }

  @Test
  void anUploadTooManyIsRefusedUntilTheOldestIsADayAgoAndItsFileIsNotKept() throws IOException {
    vendor(new UploadLimits(1_000, 100, 2, 100));
    Upload first = submit("A", 1).upload();
    submit("B", 1);

    OnboardingException refused = refused(() -> submit("C", 1));

    assertThat(refused.code()).isEqualTo(OnboardingException.Code.QUOTA_EXCEEDED);
    assertThat(refused)
        .hasMessage(
            "vendor ACME has sent 2 files in the last 24 hours, 2 are allowed; send this one"
                + " later, or ask for a higher limit");
    assertThat(refused.retryAfter().orElseThrow())
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    assertThat(files()).isEqualTo(2);
    // What came before is found again, quota or not.
    Uploads.Receipt again = submit("A", 1);
    assertThat(again.alreadyKnown()).isTrue();
    assertThat(again.upload().id()).isEqualTo(first.id());
  }

  @Test
  void ofFilesThatComeAtOnceNoneTooManyComesIn() throws Exception {
    vendor(new UploadLimits(1_000, 100, 3, 100));
    List<Callable<Boolean>> submissions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String prefix = "P" + i + "-";
      submissions.add(() -> {
        try {
          return !submit(prefix, 1).alreadyKnown();
        } catch (OnboardingException e) {
          assertThat(e.code()).isEqualTo(OnboardingException.Code.QUOTA_EXCEEDED);
          return false;
        }
      });
    }
    int accepted = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> submission : executor.invokeAll(submissions)) {
        accepted += submission.get() ? 1 : 0;
      }
    }
    assertThat(accepted).isEqualTo(3);
    assertThat(files()).isEqualTo(3);
  }

  @Test
  void rowsOfFilesThatWaitTogetherCountTogether() {
    vendor(new UploadLimits(10_000, 100, 10, 15));
    Upload first = submit("A", 10).upload();
    Upload second = submit("B", 10).upload();
    world.started();

    assertThat(world.await(first.id()).books().written()).isEqualTo(10);
    Upload refused = world.await(second.id());
    assertThat(refused.state()).isEqualTo(Upload.State.FAILED);
    assertThat(refused.books().received()).isZero();
    assertThat(Objects.requireNonNull(refused.failure()))
        .isEqualTo(
            new Upload.Failure(
                "QUOTA_EXCEEDED",
                "the file has 10 rows, but of the 15 that vendor ACME may send in 24 hours 5 are"
                    + " left; send it again later, split it, or ask for a higher limit",
                null));
    // What is left may be used.
    assertThat(world.await(submit("C", 5).upload().id()).books().written()).isEqualTo(5);

    OnboardingException usedUp = refused(() -> submit("D", 1));
    assertThat(usedUp).hasMessageContaining("has sent 15 rows in the last 24 hours");
    assertThat(usedUp.retryAfter()).isPresent();
  }

  @Test
  void mendedRowsAndFilesThatAreRunAgainUseNothingOfIt() {
    vendor(new UploadLimits(10_000, 100, 1, 3));
    world.started();
    byte[] file =
        (World.HEADER
                + "A-1,Robot,toys,,,A-1,,9.99,,1,,\n"
                + "A-2,Robot 2,toys,,,A-2,,9.99,,1,,\n"
                + "A-3,Robot 3,games,,,A-3,,9.99,,1,,\n")
            .getBytes(StandardCharsets.UTF_8);
    Upload sent =
        world.await(world.submit("ACME", "a.csv", file, Uploads.Limits.SUPPLIER).upload().id());
    assertThat(sent.books()).isEqualTo(new Books(3, 2, 0, 1, 0, 0));
    assertThat(refused(() -> submit("B", 1))).hasMessageContaining("has sent 1 files");

    Upload again = world.await(world.uploads.rerun(World.ANNA, sent.id(), null).upload().id());
    assertThat(again.books()).isEqualTo(new Books(3, 0, 2, 1, 0, 0));
    List<String> cells = new ArrayList<>(world.rejected(again.id()).getFirst().cells());
    cells.set(2, "toys");
    Uploads.MendedRow mended = new Uploads.MendedRow(3, cells);
    Upload mending =
        world.await(world.uploads.resubmit(World.ANNA, again.id(), List.of(mended)).upload().id());
    assertThat(mending.books().written()).isEqualTo(1);

    change(new UploadLimits(10_000, 100, 2, 5));
    assertThat(world.await(submit("B", 2).upload().id()).books().written()).isEqualTo(2);
  }

  @Test
  void nobodyRunsFilesAgainWithoutEnd() {
    vendor(new UploadLimits(10_000, 100, 10, 5));
    world.started();
    UUID sent = world.await(submit("A", 5).upload().id()).id();
    for (int i = 0; i < 10; i++) {
      UUID again = world.uploads.rerun(World.ANNA, sent, null).upload().id();
      assertThat(world.await(again).books().unchanged()).isEqualTo(5);
    }
    assertThat(refused(() -> world.uploads.rerun(World.ANNA, sent, null)))
        .hasMessageContaining("10 uploads with 50 rows were mended or run again")
        .hasMessageContaining("at most 1,000 uploads and 50 rows");
  }

  @Test
  void aFileThatWasTooMuchIsSoWhenItIsRunAgain() {
    vendor(new UploadLimits(10_000, 100, 10, 5));
    world.started();
    Upload sent = world.await(submit("A", 6).upload().id());
    assertThat(Objects.requireNonNull(sent.failure()).code()).isEqualTo("QUOTA_EXCEEDED");
    Upload again = world.await(world.uploads.rerun(World.ANNA, sent.id(), null).upload().id());
    assertThat(Objects.requireNonNull(again.failure()).code()).isEqualTo("QUOTA_EXCEEDED");

    change(new UploadLimits(10_000, 100, 10, 6));
    Upload allowed = world.await(world.uploads.rerun(World.ANNA, sent.id(), null).upload().id());
    assertThat(allowed.books().written()).isEqualTo(6);
    assertThat(refused(() -> submit("B", 1))).hasMessageContaining("has sent 6 rows");
  }
}
