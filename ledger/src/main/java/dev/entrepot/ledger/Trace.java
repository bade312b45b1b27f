package dev.entrepot.ledger;

import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells one record's story from arrival to every destination. Safe for use by many threads.
public final class Trace {
  private static final int MOST_DEAD_LETTERS = 1_000;
  private static final Set<String> DECISIONS = Set.of("declined", "refused");

  private static final Sql RUNS =
      Sql.of("select id, tenant from batch where kind = 'run' and id = any(?)");

  private final Database database;
  private final DeadLetters deadLetters;
  private final List<TraceSource> sources;

  public Trace(Database database, DeadLetters deadLetters, List<TraceSource> sources) {
    this.database = database;
    this.deadLetters = deadLetters;
    this.sources = List.copyOf(sources);
  }

  /// All steps known of a key, oldest first.
  ///
  /// @param key any key of the record: a SKU, a vendor's product id
  public List<TraceSource.Step> of(String key) {
    return of(key, null);
  }

  /// The same of one tenant's events.
  ///
  /// @param tenant null: all there is
  public List<TraceSource.Step> of(String key, @Nullable String tenant) {
    return database.read(connection -> {
      if (tenant != null) {
        return ofTenant(connection, key, tenant);
      }
      List<TraceSource.Step> steps = new ArrayList<>();
      for (TraceSource source : sources) {
        steps.addAll(source.trace(connection, key));
      }
      rejections(connection, key).stream()
          .filter(step -> steps.stream().noneMatch(known -> same(step, known)))
          .toList()
          .forEach(steps::add);
      steps.sort(Comparator.comparing(TraceSource.Step::at));
      return List.copyOf(steps);
    });
  }

  private List<TraceSource.Step> ofTenant(Connection connection, String key, String tenant)
      throws SQLException {
    List<TraceSource.Step> steps = new ArrayList<>();
    for (TraceSource source : sources) {
      steps.addAll(source.trace(connection, key, tenant));
    }
    steps.sort(Comparator.comparing(TraceSource.Step::at));
    return List.copyOf(steps);
  }

  /// Whether two steps tell of the same thing that happened to the same record. What people decided
  /// against a row is its rejection, told by whoever knows when that was.
  private static boolean same(TraceSource.Step step, TraceSource.Step other) {
    return (step.what().equals(other.what())
            || (step.what().equals("rejected") && DECISIONS.contains(other.what())))
        && Objects.equals(step.batch(), other.batch())
        && Objects.equals(step.record(), other.record());
  }

  private List<TraceSource.Step> rejections(Connection connection, String key) throws SQLException {
    List<DeadLetter> letters = deadLetters.withKey(connection, key, MOST_DEAD_LETTERS);
    Map<UUID, String> runs = runs(connection, letters);
    List<TraceSource.Step> steps = new ArrayList<>();
    for (DeadLetter letter : letters) {
      String client = runs.get(letter.batch());
      String subject =
          (client == null ? "row/" : "rejection/") + letter.batch() + "/" + letter.record();
      steps.add(
          new TraceSource.Step(
              SortableId.madeAt(letter.batch()),
              "rejected",
              subject,
              letter.batch(),
              letter.record(),
              letter.inWords(),
              client));
      if (letter.resolvedAt() != null) {
        steps.add(
            new TraceSource.Step(
                letter.resolvedAt(),
                letter.state().name().toLowerCase(Locale.ROOT),
                subject,
                letter.resolvedBatch(),
                letter.resolvedRecord(),
                "by " + Actor.inWords(String.valueOf(letter.resolvedBy())),
                client));
      }
    }
    return steps;
  }

  /// The clients of those letters' batches that are runs of a sync.
  private static Map<UUID, String> runs(Connection connection, List<DeadLetter> letters)
      throws SQLException {
    UUID[] batches = letters.stream().map(DeadLetter::batch).distinct().toArray(UUID[]::new);
    Map<UUID, String> clients = new HashMap<>();
    RUNS.with((Object) batches)
        .list(connection, row -> Map.entry(row.uuid("id"), row.text("tenant")))
        .forEach(run -> clients.put(run.getKey(), run.getValue()));
    return clients;
  }
}
