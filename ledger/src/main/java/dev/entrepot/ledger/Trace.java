package dev.entrepot.ledger;

import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Tells one record's story from arrival to every destination. Safe for use by many threads.
public final class Trace {
  private static final int MOST_DEAD_LETTERS = 1_000;

  private final Database database;
  private final List<TraceSource> sources;

  public Trace(Database database, DeadLetters deadLetters, List<TraceSource> sources) {
    this.database = database;
    this.sources = new ArrayList<>(sources);
    this.sources.add((connection, key) -> rejections(deadLetters, connection, key));
  }

  /// All steps known of a key, oldest first.
  ///
  /// @param key any key of the record: a SKU, a vendor's product id
  public List<TraceSource.Step> of(String key) {
    return database.read(connection -> {
      List<TraceSource.Step> steps = new ArrayList<>();
      for (TraceSource source : sources) {
        steps.addAll(source.trace(connection, key));
      }
      steps.sort(Comparator.comparing(TraceSource.Step::at));
      return List.copyOf(steps);
    });
  }

  private static List<TraceSource.Step> rejections(
      DeadLetters deadLetters, Connection connection, String key) throws SQLException {
    List<TraceSource.Step> steps = new ArrayList<>();
    for (DeadLetter letter : deadLetters.withKey(connection, key, MOST_DEAD_LETTERS)) {
      String subject = "row/" + letter.batch() + "/" + letter.record();
      steps.add(
          new TraceSource.Step(
              dev.entrepot.model.SortableId.madeAt(letter.batch()),
              "rejected",
              subject,
              letter.batch(),
              letter.record(),
              letter.code() + ": " + letter.reason()));
      if (letter.resolvedAt() != null) {
        steps.add(
            new TraceSource.Step(
                letter.resolvedAt(),
                letter.state().name().toLowerCase(Locale.ROOT),
                subject,
                letter.resolvedBatch(),
                letter.resolvedRecord(),
                "by " + Actor.inWords(String.valueOf(letter.resolvedBy()))));
      }
    }
    return steps;
  }
}
