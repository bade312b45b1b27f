package dev.entrepot.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.model.Actor;
import dev.entrepot.model.Books;
import dev.entrepot.model.Outcome;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Database database = TestDatabase.fresh();
  private final Ledger ledger = new Ledger(database);
  private final DeadLetters deadLetters = new DeadLetters(database);
  private final UUID batch = SortableId.next();

  @BeforeEach
  void open() {
    database.write(tx -> {
      ledger.open(tx, batch, "upload", "main", "ACME", "products.csv");
      return batch;
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Books settle(long first, Outcome... outcomes) {
    return database.write(tx -> ledger.settle(tx, batch, first, List.of(outcomes)));
  }

  private Books books() {
    return ledger.batch(batch).orElseThrow().books();
  }

  @Test
  void chunksAddUp() {
    settle(1, Outcome.WRITTEN, Outcome.SKIPPED, Outcome.PENDING);
    Books books = settle(4, Outcome.UNCHANGED, Outcome.WRITTEN);
    assertThat(books).isEqualTo(new Books(5, 2, 1, 0, 1, 1)).isEqualTo(books());
    assertThat(ledger.outcomes(batch)).isEqualTo("wspuw");
    assertThat(new Audit(database, List.of()).run().findings()).isEmpty();
  }

  @Test
  void recordsCannotBeSettledTwiceOrLeftOut() {
    settle(1, Outcome.WRITTEN, Outcome.WRITTEN);
    for (long first : new long[] {1, 2, 4}) {
      assertThatThrownBy(() -> settle(first, Outcome.WRITTEN))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.code()).isEqualTo(LedgerException.Code.OUT_OF_SEQUENCE));
    }
    assertThat(books()).isEqualTo(new Books(2, 2, 0, 0, 0, 0));
  }

  @Test
  void pendingRecordsAreMovedAcrossChunks() {
    settle(1, Outcome.PENDING, Outcome.WRITTEN);
    settle(3, Outcome.PENDING, Outcome.PENDING);
    database.write(tx -> {
      ledger.move(
          tx,
          batch,
          Outcome.PENDING,
          Map.of(1L, Outcome.WRITTEN, 3L, Outcome.REJECTED, 4L, Outcome.PENDING));
      deadLetters.keep(tx, List.of(letter(3, "A-3")));
      return batch;
    });
    assertThat(ledger.outcomes(batch)).isEqualTo("wwrp");
    assertThat(books()).isEqualTo(new Books(4, 2, 0, 1, 0, 1));
    assertThat(new Audit(database, List.of()).run().findings()).isEmpty();
  }

  @Test
  void aRecordThatIsNotPendingIsNotMoved() {
    settle(1, Outcome.PENDING, Outcome.WRITTEN);
    for (long record : new long[] {2, 9}) {
      assertThatThrownBy(() ->
              database.write(tx -> {
                ledger.move(
                    tx,
                    batch,
                    Outcome.PENDING,
                    Map.of(1L, Outcome.WRITTEN, record, Outcome.WRITTEN));
                return batch;
              }))
          .isInstanceOf(LedgerException.class);
    }
    assertThat(ledger.outcomes(batch)).isEqualTo("pw");
  }

  @Test
  void theDatabaseItselfRefusesUnbalancedBooks() {
    settle(1, Outcome.WRITTEN);
    assertThatThrownBy(() ->
            database.write(
                tx -> Sql.of("update batch set written = 7 where id = ?").with(batch).update(tx)))
        .hasMessageContaining("batch_books_balance");
  }

  @Test
  void anAuditFindsWhatSomebodyTamperedWith() {
    settle(1, Outcome.WRITTEN, Outcome.WRITTEN, Outcome.SKIPPED);
    settle(4, Outcome.WRITTEN);
    sql("update batch set written = 2, skipped = 2 where id = '%s'");
    sql("update batch_chunk set first_record = 5 where batch_id = '%s' and number = 2");
    sql(
        """
        insert into dead_letter (batch_id, record, line, code, reason, problems, payload, readable)
        values ('%s', 1, 2, 'X', 'x', '[]', '{a}', true)
        """);
    assertThat(new Audit(database, List.of()).run().findings())
        .extracting(AuditCheck.Finding::message)
        .containsExactlyInAnyOrder(
            "the totals say received 4, written 2, unchanged 0, rejected 0, skipped 2, pending 0;"
                + " the recount says received 4, written 3, unchanged 0, rejected 0, skipped 1,"
                + " pending 0",
            "chunk 2 begins at record 5, expected 4",
            "0 records are rejected, 1 dead letters are kept");
  }

  private void sql(String text) {
    database.write(tx -> Sql.of(text.formatted(batch)).update(tx));
  }

  @Test
  void aKeysStoryIsTold() {
    settle(1, Outcome.REJECTED);
    database.write(tx -> {
      deadLetters.keep(tx, List.of(letter(1, "A-1")));
      return batch;
    });
    UUID successor = SortableId.next();
    database.write(tx -> {
      Attempts.settle(
          tx,
          successor,
          List.of(new Attempts.Attempt(batch, 1, 7)),
          Set.of(),
          "user:anna@example.com");
      return batch;
    });
    Trace trace = new Trace(database, deadLetters, List.of());
    assertThat(trace.of("A-1"))
        .extracting(TraceSource.Step::what)
        .containsExactly("rejected", "mended");
    assertThat(trace.of("sku-A-1")).hasSize(2);
    assertThat(trace.of("A-2")).isEmpty();
  }

  @Test
  void aRejectionInARunIsToldOnceAndNamesTheClient() {
    UUID run = SortableId.next();
    database.write(tx -> {
      ledger.open(tx, run, "run", "acme", "siesa-kong", "initial");
      ledger.settle(tx, run, 1, List.of(Outcome.REJECTED));
      deadLetters.keep(tx, List.of(letter(run, 1, "A-1", "a")));
      return run;
    });
    assertThat(new Trace(database, deadLetters, List.of()).of("A-1"))
        .singleElement()
        .satisfies(step -> {
          assertThat(step.client()).isEqualTo("acme");
          assertThat(step.batch()).isEqualTo(run);
        });
    TraceSource.Step own =
        new TraceSource.Step(
            SortableId.madeAt(run), "rejected", "run/" + run, run, 1L, "client acme", "acme");
    assertThat(new Trace(database, deadLetters, List.of((_, _) -> List.of(own))).of("A-1"))
        .containsExactly(own);
  }

  @Test
  void aKeyOfAnyLengthIsKeptAndFound() {
    settle(1, Outcome.REJECTED, Outcome.REJECTED);
    String key = text(50_000);
    String other = key + "!";
    database.write(tx -> {
      deadLetters.keep(tx, List.of(letter(1, key), letter(2, other)));
      return batch;
    });
    Trace trace = new Trace(database, deadLetters, List.of());
    assertThat(trace.of(key)).extracting(TraceSource.Step::record).containsExactly(1L);
    assertThat(trace.of("sku-" + other)).extracting(TraceSource.Step::record).containsExactly(2L);
  }

  @Test
  void largeLettersAreListedFewAtATime() {
    settle(1, Outcome.REJECTED, Outcome.REJECTED, Outcome.REJECTED, Outcome.REJECTED);
    String large = "x".repeat(5_000_000);
    database.write(tx -> {
      deadLetters.keep(
          tx,
          List.of(letter(1, "a", large), letter(2, "b"), letter(3, "c", large), letter(4, "d")));
      return batch;
    });
    DeadLetters.Slice first = deadLetters.slice(batch, null, null, 0, 10);
    assertThat(first.letters()).extracting(DeadLetter::record).containsExactly(1L, 2L);
    assertThat(first.more()).isTrue();
    DeadLetters.Slice rest = deadLetters.slice(batch, null, null, 2, 10);
    assertThat(rest.letters()).extracting(DeadLetter::record).containsExactly(3L, 4L);
    assertThat(rest.more()).isFalse();
    assertThat(deadLetters.slice(batch, null, null, 0, 1).more()).isTrue();
    assertThat(deadLetters.slice(batch, null, null, 4, 1).more()).isFalse();
  }

  /// Text that does not compress.
  private static String text(int characters) {
    return new Random(7)
        .ints(characters, 0x4E00, 0x9FA5)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void dismissingTouchesOpenOnesOnly() {
    settle(1, Outcome.REJECTED, Outcome.REJECTED);
    Actor actor = new Actor(Actor.Kind.USER, "anna@example.com");
    long dismissed =
        database.write(tx -> {
          deadLetters.keep(tx, List.of(letter(1, "A-1"), letter(2, "A-2")));
          Attempts.settle(
              tx,
              SortableId.next(),
              List.of(new Attempts.Attempt(batch, 1, 1)),
              Set.of(),
              "system:test");
          return deadLetters.dismiss(tx, batch, null, actor);
        });
    assertThat(dismissed).isEqualTo(1);
    assertThat(deadLetters.list(batch, null, DeadLetter.State.DISMISSED, 0, 10))
        .singleElement()
        .satisfies(letter -> assertThat(letter.resolvedBy()).isEqualTo(actor.reference()));
  }

  private DeadLetter letter(long record, String key) {
    return letter(record, key, "a");
  }

  private DeadLetter letter(long record, String key, String cell) {
    return letter(batch, record, key, cell);
  }

  private static DeadLetter letter(UUID of, long record, String key, String cell) {
    return DeadLetter.open(
        of,
        record,
        record + 1,
        key,
        "sku-" + key,
        "INVALID_PRICE",
        "no number",
        "[]",
        List.of(cell, ""),
        true);
  }
}
