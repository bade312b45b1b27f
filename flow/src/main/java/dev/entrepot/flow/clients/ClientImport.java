package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes clients over from where they were kept before. Safe for use by many threads.
public final class ClientImport {

  /// What became of a client, or would.
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REJECTED
  }

  /// One client of an import.
  ///
  /// @param number from 1, as they come
  /// @param id empty: it has none
  /// @param changed of an update: the fields that differ
  /// @param problems why it is rejected, and what is doubtful
  public record Result(
      int number, String id, Outcome outcome, List<String> changed, List<ConfigProblem> problems) {
    public Result {
      changed = List.copyOf(changed);
      problems = List.copyOf(problems);
    }
  }

  private final Database database;
  private final Clients clients;

  public ClientImport(Database database, Clients clients) {
    this.database = database;
    this.clients = clients;
  }

  /// Takes over all clients that can be taken; a rejected one keeps none of the others out. What is
  /// there and not in the text stays.
  ///
  /// @param text as [SiesaClients] reads it
  /// @param dryRun only tells what would become of them
  /// @throws FlowConfigException INVALID when the text holds no client at all
  public List<Result> run(Actor actor, String text, boolean dryRun) {
    var problems = new ConfigProblems();
    List<SiesaClients.Found> found = SiesaClients.read(text, problems);
    if (found.isEmpty()) {
      problems.requireNone("the import");
    }
    Map<String, Integer> numbers = new HashMap<>();
    List<Result> results = new ArrayList<>();
    for (SiesaClients.Found one : found) {
      Integer first = numbers.putIfAbsent(one.config().id(), one.number());
      results.add(take(actor, one, first, dryRun));
    }
    return results;
  }

  private Result take(
      Actor actor, SiesaClients.Found found, @Nullable Integer first, boolean dryRun) {
    var problems = new ConfigProblems();
    problems.addAll(found.problems());
    ClientConfig config = found.config();
    if (first != null && !config.id().isEmpty()) {
      problems.error(
          ClientReader.ID,
          "client %s is there twice, as number %d and %d"
              .formatted(config.id(), first, found.number()),
          "keep one of them");
    }
    problems.addAll(clients.check(config));
    if (problems.refuses()) {
      return new Result(found.number(), config.id(), Outcome.REJECTED, List.of(), problems.all());
    }
    return dryRun
        ? database.read(connection -> compare(connection, found, problems.all()))
        : database.write(transaction -> {
          Result result = compare(transaction, found, problems.all());
          apply(transaction, actor, found, result.outcome());
          return result;
        });
  }

  private static Result compare(
      Connection connection, SiesaClients.Found found, List<ConfigProblem> problems) {
    ClientConfig config = found.config();
    Optional<Client> present = ClientStore.find(connection, config.id());
    List<String> changed =
        present.map(client -> Clients.changed(client.config(), config)).orElse(List.of());
    Outcome outcome =
        present.isEmpty()
            ? Outcome.CREATED
            : changed.isEmpty() ? Outcome.UNCHANGED : Outcome.UPDATED;
    return new Result(found.number(), config.id(), outcome, changed, problems);
  }

  private void apply(
      Connection transaction, Actor actor, SiesaClients.Found found, Outcome outcome) {
    ClientConfig config = found.config();
    switch (outcome) {
      case CREATED -> {
        clients.create(transaction, actor, config);
        // Only of a new client: later ones would overwrite what happened here.
        if (found.sync() != null) {
          clients.imported(transaction, config.id(), found.sync());
        }
      }
      case UPDATED -> {
        long revision = ClientStore.lock(transaction, config.id()).orElseThrow().revision();
        clients.update(transaction, actor, config, revision);
      }
      case UNCHANGED, REJECTED -> {}
    }
  }
}
