package dev.entrepot.ledger;

import dev.entrepot.model.Books;
import dev.entrepot.model.Outcome;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Keeps the books of batches. Everything that writes takes the caller's transaction, so that
/// outcomes, checkpoint and the data they speak of are committed together or not at all. Safe for
/// use by many threads, each with its own connection.
public final class Ledger {
  private final Database database;

  public Ledger(Database database) {
    this.database = database;
  }

  /// Opens a batch with empty books.
  public void open(
      Connection transaction, UUID id, String kind, String tenant, String flow, String label) {
    Sql.of("insert into batch (id, kind, tenant, flow, label) values (?, ?, ?, ?, ?)")
        .with(id, kind, tenant, flow, label)
        .updateOne(transaction);
  }

  /// Enters the outcomes of the records that follow those settled before.
  ///
  /// @param firstRecord position of the first of them, from 1: one more than the batch has received
  /// @return the books after it
  /// @throws LedgerException OUT_OF_SEQUENCE when `firstRecord` is not the next one: they were
  ///   settled already, or records are missing; roll back
  public Books settle(
      Connection transaction, UUID batch, long firstRecord, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      throw new IllegalArgumentException("there are no outcomes to settle");
    }
    byte[] codes = new byte[outcomes.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) outcomes.get(i).code();
    }
    Books books = advance(transaction, batch, firstRecord, codes);
    Sql.of(
            """
            insert into batch_chunk (batch_id, number, first_record, records, outcomes)
            select ?, coalesce(max(number), 0) + 1, ?, ?, ? from batch_chunk where batch_id = ?
            """)
        .with(batch, firstRecord, codes.length, codes, batch)
        .updateOne(transaction);
    return books;
  }

  private static Books advance(Connection transaction, UUID batch, long firstRecord, byte[] codes) {
    return Sql.of(
            """
            update batch
            set received = received + ?, written = written + ?, unchanged = unchanged + ?,
                rejected = rejected + ?, skipped = skipped + ?, pending = pending + ?
            where id = ? and received = ?
            returning received, written, unchanged, rejected, skipped, pending
            """)
        .with(
            (long) codes.length,
            count(codes, Outcome.WRITTEN),
            count(codes, Outcome.UNCHANGED),
            count(codes, Outcome.REJECTED),
            count(codes, Outcome.SKIPPED),
            count(codes, Outcome.PENDING),
            batch,
            firstRecord - 1)
        .first(transaction, Ledger::books)
        .orElseThrow(() ->
            new LedgerException(
                LedgerException.Code.OUT_OF_SEQUENCE,
                "record " + firstRecord + " is not the next one of batch " + batch));
  }

  private static long count(byte[] codes, Outcome outcome) {
    long count = 0;
    for (byte code : codes) {
      if (code == (byte) outcome.code()) {
        count++;
      }
    }
    return count;
  }

  /// Moves single records from one outcome to another.
  ///
  /// @param records position of each record to move, with its new outcome
  /// @throws LedgerException WRONG_OUTCOME when one of them is not in `from`; roll back
  public void move(Connection transaction, UUID batch, Outcome from, Map<Long, Outcome> records) {
    if (records.isEmpty()) {
      return;
    }
    lock(transaction, batch);
    TreeMap<Long, Outcome> sorted = new TreeMap<>(records);
    List<Chunk> chunks =
        Sql.of(
                """
                select number, first_record, outcomes from batch_chunk
                where batch_id = ? and first_record <= ? and first_record + records > ?
                order by number
                """)
            .with(batch, sorted.lastKey(), sorted.firstKey())
            .list(
                transaction,
                row ->
                    new Chunk(row.int4("number"), row.int8("first_record"), row.bytes("outcomes")));
    long moved = 0;
    for (Chunk chunk : chunks) {
      Map<Long, Outcome> here =
          sorted.subMap(chunk.firstRecord, true, chunk.firstRecord + chunk.outcomes.length, false);
      for (Map.Entry<Long, Outcome> entry : here.entrySet()) {
        int index = (int) (entry.getKey() - chunk.firstRecord);
        if (chunk.outcomes[index] != (byte) from.code()) {
          throw wrongOutcome(batch, entry.getKey(), from);
        }
        chunk.outcomes[index] = (byte) entry.getValue().code();
        moved++;
      }
      if (!here.isEmpty()) {
        Sql.of("update batch_chunk set outcomes = ? where batch_id = ? and number = ?")
            .with(chunk.outcomes, batch, chunk.number)
            .updateOne(transaction);
      }
    }
    if (moved != records.size()) {
      throw wrongOutcome(batch, sorted.lastKey(), from);
    }
    moveTotals(transaction, batch, from, records);
  }

  private static final class Chunk {
    private final int number;
    private final long firstRecord;
    private final byte[] outcomes;

    Chunk(int number, long firstRecord, byte[] outcomes) {
      this.number = number;
      this.firstRecord = firstRecord;
      this.outcomes = outcomes;
    }
  }

  private static void lock(Connection transaction, UUID batch) {
    if (Sql.of("select id from batch where id = ? for update")
        .with(batch)
        .list(transaction, row -> row.uuid("id"))
        .isEmpty()) {
      throw new LedgerException(LedgerException.Code.NO_SUCH_BATCH, "there is no batch " + batch);
    }
  }

  private static LedgerException wrongOutcome(UUID batch, long record, Outcome expected) {
    return new LedgerException(
        LedgerException.Code.WRONG_OUTCOME,
        "record " + record + " of batch " + batch + " is not " + expected);
  }

  private static void moveTotals(
      Connection transaction, UUID batch, Outcome from, Map<Long, Outcome> records) {
    Sql.of(
            """
            update batch
            set written = written + ?, unchanged = unchanged + ?, rejected = rejected + ?,
                skipped = skipped + ?, pending = pending + ?
            where id = ?
            """)
        .with(
            delta(Outcome.WRITTEN, from, records),
            delta(Outcome.UNCHANGED, from, records),
            delta(Outcome.REJECTED, from, records),
            delta(Outcome.SKIPPED, from, records),
            delta(Outcome.PENDING, from, records),
            batch)
        .updateOne(transaction);
  }

  private static long delta(Outcome outcome, Outcome from, Map<Long, Outcome> records) {
    long gained = records.values().stream().filter(outcome::equals).count();
    return outcome == from ? gained - records.size() : gained;
  }

  /// Marks a batch as read to its end.
  public void close(Connection transaction, UUID batch) {
    Sql.of("update batch set closed_at = now() where id = ? and closed_at is null")
        .with(batch)
        .updateOne(transaction);
  }

  public Optional<Batch> batch(UUID id) {
    return database.read(connection ->
        Sql.of("select * from batch where id = ?")
            .with(id)
            .first(
                connection,
                row ->
                    new Batch(
                        row.uuid("id"),
                        row.text("kind"),
                        row.text("tenant"),
                        row.text("flow"),
                        row.text("label"),
                        books(row),
                        row.instant("opened_at"),
                        row.instantOrNull("closed_at"))));
  }

  /// The outcome of every record settled so far, in order, one character each.
  public String outcomes(UUID batch) {
    StringBuilder all = new StringBuilder();
    database.read(connection -> {
      Sql.of("select outcomes from batch_chunk where batch_id = ? order by number")
          .with(batch)
          .list(connection, row -> row.bytes("outcomes"))
          .forEach(codes -> all.append(new String(codes, StandardCharsets.US_ASCII)));
      return all;
    });
    return all.toString();
  }

  /// Reads books from a row with the six columns of the same names.
  public static Books books(Row row) {
    return new Books(
        row.int8("received"),
        row.int8("written"),
        row.int8("unchanged"),
        row.int8("rejected"),
        row.int8("skipped"),
        row.int8("pending"));
  }
}
