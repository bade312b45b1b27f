package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What people, or two clicks of one, ask of the same file at the same time.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DecisionsBesideEachOtherTest {
  /// More than are decided in one step.
  private static final int MANY = 5_002;

  private static final Sql BLOCKED =
      Sql.of(
          """
          select count(*) as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'
          """);

  @TempDir private Path folder;

  private World world(Database database) {
    return new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme Toys"));
  }

  private static void awaitBlocked(Database database, int sessions) {
    while (database.read(connection -> BLOCKED.one(connection, row -> row.int8("n"))) < sessions) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /// Begins work on threads of its own while something is locked, and lets it go on once all wait.
  private static <T> List<Future<T>> whileLocked(
      Database database, Sql lock, List<Callable<T>> work) throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder =
          threads.submit(() ->
              database.write(transaction -> {
                lock.list(transaction, row -> String.valueOf(row.textOrNull("locked")));
                locked.countDown();
                try {
                  over.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return true;
              }));
      locked.await();
      List<Future<T>> asked = new ArrayList<>();
      for (Callable<T> one : work) {
        asked.add(threads.submit(one));
      }
      awaitBlocked(database, work.size());
      over.countDown();
      holder.get();
      return asked;
    }
  }

  /// How many of them were refused since another one came first.
  private static long refused(List<? extends Future<?>> asked) throws Exception {
    long refused = 0;
    for (Future<?> one : asked) {
      try {
        one.get();
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(OnboardingException.class);
        refused++;
      }
    }
    return refused;
  }

  @Test
  void anUploadTakesOneConnection() {
    DatabaseConfig.Given given = TestDatabase.freshConfig();
    try (Database database =
            Database.open(
                new DatabaseConfig.Given(given.jdbcUrl(), given.user(), given.password(), 1));
        World world = world(database)) {
      byte[] file = World.GOOD.getBytes(StandardCharsets.UTF_8);
      assertThat(world.submit("ACME", "a.csv", file, Uploads.Limits.SUPPLIER).alreadyKnown())
          .isFalse();
    }
  }

  @Test
  void aFileIsRunAgainOnce() throws Exception {
    try (Database database = TestDatabase.fresh();
        World world = world(database).started()) {
      Upload first = world.upload("ACME", "products.csv", World.GOOD);
      Callable<Uploads.Receipt> again = () -> world.uploads.rerun(World.ANNA, first.id(), null);
      Sql lock =
          Sql.of(
              "select pg_advisory_xact_lock(hashtextextended('upload ACME %s', 0))::text as locked"
                  .formatted(first.contentHash()));
      assertThat(refused(whileLocked(database, lock, List.of(again, again)))).isEqualTo(1);
    }
  }

  @Test
  void mendedRowsAreSentOnce() {
    try (Database database = TestDatabase.fresh();
        World world = world(database).started()) {
      Upload first =
          world.upload(
              "ACME",
              "products.csv",
              World.HEADER
                  + "A-1,Red car,Toys,,,SKU-1,Acme,ten,,5,,\n"
                  + "A-2,Blue car,Toys,,,SKU-2,Acme,ten,,5,,\n");
      // Nobody reads what comes now.
      try (World still = new World(database, folder.resolve("still"), "node-2")) {
        Uploads.MendedRow row = mended(1, "10.00");
        Uploads.Receipt one = still.uploads.resubmit(World.ANNA, first.id(), List.of(row));
        Uploads.Receipt two = still.uploads.resubmit(World.ANNA, first.id(), List.of(row));
        assertThat(two.upload().id()).isEqualTo(one.upload().id());
        assertThat(two.alreadyKnown()).isTrue();
        assertThatThrownBy(() ->
                still.uploads.resubmit(
                    World.ANNA, first.id(), List.of(mended(1, "11.00"), mended(2, "11.00"))))
            .hasMessageContaining("has some of these rows with other contents");
        Uploads.Receipt other =
            still.uploads.resubmit(World.ANNA, first.id(), List.of(mended(2, "11.00")));
        assertThat(other.alreadyKnown()).isFalse();
      }
    }
  }

  private static Uploads.MendedRow mended(int row, String price) {
    return new Uploads.MendedRow(
        row,
        List.of("A-" + row, "Car", "Toys", "", "", "SKU-" + row, "Acme", price, "", "5", "", ""));
  }

  private static String file(int rows) {
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 1; i <= rows; i++) {
      text.append("A-").append(i).append(",Car,Toys,,,S-").append(i).append(",Acme,1.00,,5,,\n");
    }
    return text.toString();
  }

  @Test
  void declineAllDeclinesWhatAnotherDecisionLeaves() throws Exception {
    try (Database database = TestDatabase.fresh();
        World world = world(database).started()) {
      world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
      Upload upload = world.upload("ACME", "products.csv", file(MANY));
      assertThat(upload.books().pending()).isEqualTo(MANY);
      // As a step of another decision that is about to end.
      Sql lock =
          Sql.of(
              """
              with taken as (select id from upload for no key update)
              update proposal set state = 'approved' where record <= 5000 and exists (select from taken)
              returning state as locked
              """);
      Callable<Uploads.Decision> decline = () -> world.decline(upload.id(), null, "no cars");
      List<Future<Uploads.Decision>> asked = whileLocked(database, lock, List.of(decline));
      assertThat(asked.getFirst().get().declined()).isEqualTo(MANY - 5000);
    }
  }

  @Test
  void aCancelThatBrokeOffIsBroughtToItsEnd() {
    try (Database database = TestDatabase.fresh();
        World world = world(database).started()) {
      world.change(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
      Upload upload = world.upload("ACME", "products.csv", World.GOOD);
      assertThatThrownBy(() -> world.cancel(upload.id()))
          .hasMessageContaining("is finished already");
      int _ =
          database.write(transaction ->
              Sql.of(
                      "update upload set state = 'failed', failure_code = 'CANCELLED', failure = '-'")
                  .update(transaction));
      assertThatThrownBy(() -> world.approve(upload.id(), null))
          .hasMessageContaining("was cancelled");
      Upload cancelled = world.cancel(upload.id());
      assertThat(cancelled.books().pending()).isZero();
      assertThat(cancelled.books().rejected()).isEqualTo(3);
      world.audited();
    }
  }
}
