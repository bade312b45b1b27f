package dev.entrepot.flow.workspace;

import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientTree;
import dev.entrepot.flow.clients.Clients;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.flow.mapping.Mappings;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.flow.workspace.PlannedChange.Action;
import dev.entrepot.flow.workspace.PlannedChange.Kind;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All configuration as files: clients and mappings, without any secret. Safe for use by many
/// threads.
public final class Workspace {
  /// One plan is applied at a time, on all nodes.
  private static final Sql ALONE =
      Sql.of("select pg_advisory_xact_lock(hashtext('entrepot.workspace'))::text as locked");

  private final Database database;
  private final Clients clients;
  private final Mappings mappings;

  public Workspace(Database database, Clients clients, Mappings mappings) {
    this.database = database;
    this.clients = clients;
    this.mappings = mappings;
  }

  /// Reads and checks everything; nothing is changed.
  public WorkspaceContent validate(WorkspaceFiles files) {
    return new WorkspaceReader(clients, mappings).read(files, mappings.productTypes());
  }

  /// What applying the files would do.
  ///
  /// @param prune whether what is not in them is deleted
  /// @throws FlowConfigException INVALID with all problems of the files
  public WorkspacePlan plan(WorkspaceFiles files, boolean prune) {
    WorkspaceContent content = validate(files);
    if (content.refuses()) {
      throw FlowConfigException.invalid("the workspace", located(content.problems()));
    }
    return database.read(
        connection -> new WorkspacePlan(content, prune, changes(connection, content, prune)));
  }

  /// Does what a plan says, in one transaction: all of it or nothing.
  ///
  /// @return what was done
  /// @throws FlowConfigException CONFLICT when what is configured changed since the plan was made
  public List<PlannedChange> apply(Actor actor, WorkspacePlan plan) {
    return database.write(transaction -> {
      String _ = ALONE.one(transaction, row -> row.text("locked"));
      List<PlannedChange> now = changes(transaction, plan.content(), plan.prune());
      requireSame(plan.changes(), now);
      // Deleted clients first: mappings are deleted only when none uses them any more.
      List<PlannedChange> ordered = new ArrayList<>();
      for (Action action : List.of(Action.CREATE, Action.UPDATE)) {
        now.stream().filter(change -> change.action() == action).forEach(ordered::add);
      }
      for (Kind kind : List.of(Kind.CLIENT, Kind.MAPPING)) {
        now.stream()
            .filter(change -> change.action() == Action.DELETE && change.kind() == kind)
            .forEach(ordered::add);
      }
      ordered.forEach(change -> apply(transaction, actor, plan.content(), change));
      return now.stream().filter(PlannedChange::changes).toList();
    });
  }

  /// What is configured now, as files: `clients/{id}.yaml` and `mappings/{name}.yaml`.
  public WorkspaceFiles export() {
    Map<String, String> texts = new TreeMap<>();
    return database.read(connection -> {
      for (StoredMapping mapping : mappings.all(connection)) {
        texts.put("mappings/%s.yaml".formatted(mapping.name()), ConfigTree.yaml(mapping.tree()));
      }
      for (Client client : clients.all(connection)) {
        texts.put(
            "clients/%s.yaml".formatted(client.config().id()),
            ConfigTree.yaml(ClientTree.of(client.config())));
      }
      return new WorkspaceFiles(texts);
    });
  }

  private void apply(
      Connection transaction, Actor actor, WorkspaceContent content, PlannedChange change) {
    switch (change.kind()) {
      case MAPPING -> {
        ConfigTree tree = content.mappings().getOrDefault(change.name(), ConfigTree.of(null));
        switch (change.action()) {
          case CREATE -> mappings.create(transaction, actor, change.name(), tree);
          case UPDATE ->
              mappings.update(transaction, actor, change.name(), tree, change.revision());
          case DELETE -> mappings.remove(transaction, actor, change.name(), change.revision());
          case UNCHANGED, KEPT -> {}
        }
      }
      case CLIENT -> {
        ClientConfig client = content.clients().get(change.name());
        if (client == null) {
          clients.remove(transaction, actor, change.name(), change.revision());
        } else if (change.action() == Action.CREATE) {
          clients.create(transaction, actor, client);
        } else {
          clients.update(transaction, actor, client, change.revision());
        }
      }
    }
  }

  private List<PlannedChange> changes(
      Connection connection, WorkspaceContent content, boolean prune) {
    List<PlannedChange> changes = new ArrayList<>();
    Map<String, StoredMapping> presentMappings =
        mappings.all(connection).stream()
            .collect(Collectors.toMap(StoredMapping::name, mapping -> mapping));
    content
        .mappings()
        .forEach((name, tree) -> {
          StoredMapping present = presentMappings.remove(name);
          changes.add(
              present == null
                  ? change(Kind.MAPPING, name, 0, null, tree.value())
                  : change(Kind.MAPPING, name, present.revision(), present.tree(), tree.value()));
        });
    new TreeMap<>(presentMappings)
        .forEach(
            (name, mapping) -> changes.add(gone(Kind.MAPPING, name, mapping.revision(), prune)));
    Map<String, Client> presentClients =
        clients.all(connection).stream()
            .collect(Collectors.toMap(client -> client.config().id(), client -> client));
    content
        .clients()
        .forEach((id, client) -> {
          Client present = presentClients.remove(id);
          Map<String, @Nullable Object> after = ClientTree.of(client);
          changes.add(
              present == null
                  ? change(Kind.CLIENT, id, 0, null, after)
                  : change(
                      Kind.CLIENT, id, present.revision(), ClientTree.of(present.config()), after));
        });
    new TreeMap<>(presentClients)
        .forEach((id, client) -> changes.add(gone(Kind.CLIENT, id, client.revision(), prune)));
    return changes;
  }

  private static PlannedChange change(
      Kind kind, String name, long revision, @Nullable Object before, @Nullable Object after) {
    if (before == null) {
      return new PlannedChange(kind, name, Action.CREATE, revision, List.of());
    }
    List<PlannedChange.Difference> differences = Differences.of(before, after);
    Action action = differences.isEmpty() ? Action.UNCHANGED : Action.UPDATE;
    return new PlannedChange(kind, name, action, revision, differences);
  }

  private static PlannedChange gone(Kind kind, String name, long revision, boolean prune) {
    return new PlannedChange(kind, name, prune ? Action.DELETE : Action.KEPT, revision, List.of());
  }

  private static void requireSame(List<PlannedChange> planned, List<PlannedChange> now) {
    List<String> moved = new ArrayList<>();
    for (PlannedChange change : now) {
      if (!planned.contains(change)) {
        moved.add(change.name());
      }
    }
    for (PlannedChange change : planned) {
      boolean there =
          now.stream()
              .anyMatch(one -> one.kind() == change.kind() && one.name().equals(change.name()));
      if (!there) {
        moved.add(change.name());
      }
    }
    if (!moved.isEmpty()) {
      throw new FlowConfigException(
          Code.CONFLICT,
          "the configuration changed since the plan was made (%s); plan again and look at it"
              .formatted(moved.stream().distinct().limit(10).collect(Collectors.joining(", "))));
    }
  }

  private static List<ConfigProblem> located(List<FileProblem> problems) {
    return problems.stream()
        .map(problem ->
            new ConfigProblem(
                problem.problem().severity(),
                "%s:%d".formatted(problem.file(), problem.line())
                    + (problem.problem().place().isEmpty() ? "" : ": " + problem.problem().place()),
                problem.problem().message(),
                problem.problem().remedy()))
        .toList();
  }
}
