package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upload that is cancelled leaves balanced books and holds up nobody.
class CancelTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;

  @BeforeEach
  void open() {
    world =
        new World(database, folder, "node-1")
            .with(World.acme(KnownKeyPolicy.REJECT, ApprovalPolicy.REQUIRED));
  }

  @AfterEach
  void close() {
    assertThat(world.audit.run().findings()).extracting(AuditCheck.Finding::message).isEmpty();
    world.close();
    database.close();
  }

  private static String rows(int count) {
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 1; i <= count; i++) {
      text.append("A-%d,Thing %d,Toys,,,SKU-%d,Acme,10.00,,5,,\n".formatted(i, i, i));
    }
    return text.toString();
  }

  @Test
  void oneThatWaitsIsNotReadAtAll() {
    Upload waiting = world.submit("ACME", "wrong.csv", rows(3)).upload();
    Upload cancelled = world.cancel(waiting.id());
    assertThat(cancelled.state()).isEqualTo(Upload.State.FAILED);
    assertThat(cancelled.failure())
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("CANCELLED"));
    assertThat(cancelled.books()).isEqualTo(Books.EMPTY);
    assertThatThrownBy(() -> world.cancel(waiting.id()))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.CONFLICT));
    world.started();
    Uploads.Receipt again = world.submit("ACME", "wrong.csv", rows(3));
    assertThat(again.alreadyKnown()).isFalse();
    assertThat(world.await(again.upload().id()).state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(world.uploads.find(waiting.id()).orElseThrow().books()).isEqualTo(Books.EMPTY);
  }

  @Test
  void oneThatIsBeingReadStopsAndItsWaitingRowsAreDeclined() throws InterruptedException {
    // Every chunk takes its time, so that there is a time to cancel in.
    database.write(transaction ->
        Sql.of(
                """
                create function slow() returns trigger language plpgsql as
                  $$ begin perform pg_sleep(1.0); return new; end $$;
                create trigger slow before insert on batch_chunk
                  for each row execute function slow()
                """)
            .update(transaction));
    Upload upload = world.submit("ACME", "long.csv", rows(60_000)).upload();
    world.started();
    while (world.uploads.find(upload.id()).orElseThrow().books().received() == 0) {
      world.uploads.await(upload.id(), Duration.ofMillis(20));
    }
    Upload cancelled = world.cancel(upload.id());
    assertThat(cancelled.state()).isEqualTo(Upload.State.FAILED);
    long read = cancelled.books().received();
    assertThat(read).isBetween(1L, 59_999L);
    assertThat(cancelled.books()).isEqualTo(new Books(read, 0, 0, read, 0, 0));
    Upload next = world.upload("ACME", "next.csv", rows(2));
    assertThat(next.books().pending()).isEqualTo(2);
    assertThat(world.uploads.find(upload.id()).orElseThrow().books()).isEqualTo(cancelled.books());
  }

  private UUID halfCancelled() {
    world.started();
    Upload upload = world.upload("ACME", "long.csv", rows(6_000));
    assertThat(upload.books().pending()).isEqualTo(6_000);
    database.write(transaction ->
        Sql.of("update upload set state = 'failed', failure_code = 'CANCELLED', failure = '-'")
            .update(transaction));
    return upload.id();
  }

  @Test
  void oneRequestDeclinesForItsTimeAndTheNextGoesOn() {
    UUID id = halfCancelled();
    Upload first = world.uploads.cancel(World.ANNA, id, Duration.ZERO);
    assertThat(first.books().pending()).isEqualTo(1_000);
    Upload last = world.uploads.cancel(World.ANNA, id, Duration.ZERO);
    assertThat(last.books()).isEqualTo(new Books(6_000, 0, 0, 6_000, 0, 0));
  }

  @Test
  void whatTheProgramDidNotComeToIsDeclinedWhenItStarts() {
    UUID id = halfCancelled();
    world.close();
    world = new World(database, folder, "node-1").started();
    while (world.uploads.progress(id).orElseThrow().books().pending() > 0) {
      Thread.onSpinWait();
    }
    assertThat(world.uploads.find(id).orElseThrow().books().rejected()).isEqualTo(6_000);
  }
}
