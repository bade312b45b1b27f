package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.Client.ImportedSync;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.flow.mapping.Mappings;
import dev.entrepot.flow.schedules.DueSchedules;
import dev.entrepot.flow.schedules.SchedulePlan;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.Page;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All clients. Each change is one transaction with its revision, its schedule and its activity.
/// Safe for use by many threads.
public final class Clients {
  private static final int MOST_LISTED = 500;

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final FlowSystems systems;
  private final Mappings mappings;
  private final DueSchedules schedules;

  /// @param database migrated
  public Clients(
      Database database,
      ActivityLog activities,
      Clock clock,
      FlowSystems systems,
      Mappings mappings,
      DueSchedules schedules) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.systems = systems;
    this.mappings = mappings;
    this.schedules = schedules;
  }

  /// @throws FlowConfigException NOT_FOUND
  public Client require(String id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  public Optional<Client> find(String id) {
    return database.read(connection -> ClientStore.find(connection, id));
  }

  /// All of them, by id.
  public List<Client> all(Connection connection) {
    return ClientStore.all(connection);
  }

  /// A stretch of them, by id.
  ///
  /// @param enabled null: all
  /// @param productType null: all
  /// @param cursor as the stretch before gave it; null: from the first
  public Page<Client> list(
      @Nullable Boolean enabled, @Nullable String productType, @Nullable String cursor, int size) {
    int most = Math.clamp(size, 1, MOST_LISTED);
    List<Client> found =
        database.read(connection ->
            ClientStore.list(
                connection, cursor == null ? "" : cursor, enabled, productType, most + 1));
    boolean more = found.size() > most;
    List<Client> shown = more ? found.subList(0, most) : found;
    return new Page<>(shown, more ? shown.getLast().config().id() : null);
  }

  /// What it was like, newest first.
  public List<ClientRevision> revisions(String id) {
    return database.read(connection -> ClientStore.revisions(connection, id));
  }

  /// All that is wrong or doubtful with a client; mappings that are not there yet are doubtful.
  public List<ConfigProblem> check(ClientConfig client) {
    return check(client, mappings.productTypes());
  }

  /// As [#check(ClientConfig)], with other mappings.
  ///
  /// @param productTypes what each mapping is for, by name
  public List<ConfigProblem> check(ClientConfig client, Map<String, String> productTypes) {
    return ClientCheck.of(client, systems, productTypes, clock.instant());
  }

  /// @throws FlowConfigException INVALID with all problems, CONFLICT when there is one of that id
  public Client create(Actor actor, ClientConfig client) {
    require(client);
    return database.write(transaction -> {
      create(transaction, actor, client);
      return ClientStore.find(transaction, client.id()).orElseThrow();
    });
  }

  /// Changes a client; its id stays.
  ///
  /// @param revision of the client as it was when the change was thought out
  /// @throws FlowConfigException INVALID, NOT_FOUND, CONFLICT when it was changed since
  public Client update(Actor actor, ClientConfig client, long revision) {
    require(client);
    return database.write(transaction -> {
      update(transaction, actor, client, revision);
      return ClientStore.find(transaction, client.id()).orElseThrow();
    });
  }

  /// Lets a client's runs begin by themselves, or not.
  ///
  /// @throws FlowConfigException NOT_FOUND
  public Client enable(Actor actor, String id, boolean enabled) {
    return database.write(transaction -> {
      Client client = ClientStore.lock(transaction, id).orElseThrow(() -> notFound(id));
      if (client.config().enabled() != enabled) {
        update(transaction, actor, enabled(client.config(), enabled), client.revision());
      }
      return ClientStore.find(transaction, id).orElseThrow();
    });
  }

  /// Removes a client, its secrets and its schedule. Its runs and revisions remain.
  ///
  /// @throws FlowConfigException NOT_FOUND, CONFLICT when it was changed since
  public void remove(Actor actor, String id, long revision) {
    int _ =
        database.write(transaction -> {
          remove(transaction, actor, id, revision);
          return 0;
        });
  }

  /// As [#create(Actor, ClientConfig)], in a transaction of the caller's, who has checked the
  /// client.
  public void create(Connection transaction, Actor actor, ClientConfig client) {
    Instant now = clock.instant();
    if (!ClientStore.insert(transaction, client, actor.reference(), now)) {
      throw new FlowConfigException(
          Code.CONFLICT,
          "there is a client %s already; change that one, or take another id"
              .formatted(client.id()));
    }
    schedule(transaction, client, now);
    record(transaction, actor, "create", client.id(), Map.of("config", ClientTree.of(client)));
  }

  /// As [#update(Actor, ClientConfig, long)], in a transaction of the caller's, who has checked the
  /// client.
  public void update(Connection transaction, Actor actor, ClientConfig client, long revision) {
    Client present = requireRevision(transaction, client.id(), revision);
    List<String> changed = changed(present.config(), client);
    if (changed.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    ClientStore.update(transaction, client, actor.reference(), now);
    schedule(transaction, client, now);
    record(transaction, actor, "update", client.id(), Map.of("changed", changed));
  }

  /// As [#remove(Actor, String, long)], in a transaction of the caller's.
  public void remove(Connection transaction, Actor actor, String id, long revision) {
    Client _ = requireRevision(transaction, id, revision);
    ClientSecrets.removeAll(transaction, id);
    SharedAccounts.remove(transaction, id);
    ClientStore.removeOutstanding(transaction, id);
    schedules.remove(transaction, id);
    ClientStore.remove(transaction, id, actor.reference(), clock.instant());
    record(transaction, actor, "remove", id, Map.of());
  }

  void imported(Connection transaction, String id, ImportedSync sync) {
    ClientStore.imported(transaction, id, sync);
  }

  /// The names of fields in which two clients differ, in the established spelling.
  public static List<String> changed(ClientConfig from, ClientConfig to) {
    Map<String, @Nullable Object> old = ClientTree.of(from);
    Map<String, @Nullable Object> present = ClientTree.of(to);
    var names = new TreeSet<>(old.keySet());
    names.addAll(present.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(old.get(name), present.get(name)))
        .toList();
  }

  /// As [#check(ClientConfig, Map)], of one that must have an id.
  List<ConfigProblem> checkWhole(ClientConfig client, Map<String, String> productTypes) {
    var problems = new ConfigProblems();
    if (client.id().isEmpty()) {
      problems.error(ClientReader.ID, "client_id is missing", "give the client an id");
    }
    problems.addAll(check(client, productTypes));
    return problems.all();
  }

  private void require(ClientConfig client) {
    var problems = new ConfigProblems();
    problems.addAll(checkWhole(client, mappings.productTypes()));
    problems.requireNone("client " + client.id());
  }

  private Client requireRevision(Connection transaction, String id, long revision) {
    Client present = ClientStore.lock(transaction, id).orElseThrow(() -> notFound(id));
    if (present.revision() != revision) {
      throw new FlowConfigException(
          Code.CONFLICT,
          "client %s is at revision %d, not %d; look at it again"
              .formatted(id, present.revision(), revision));
    }
    return present;
  }

  private void schedule(Connection transaction, ClientConfig client, Instant now) {
    SchedulePlan plan = client.schedule();
    if (plan == null) {
      schedules.remove(transaction, client.id());
    } else {
      schedules.set(transaction, client.id(), plan, client.enabled(), now);
    }
  }

  private void record(
      Connection transaction, Actor actor, String verb, String id, Map<String, ?> details) {
    activities.record(transaction, actor, "client." + verb, "client/" + id, details);
  }

  private static ClientConfig enabled(ClientConfig client, boolean enabled) {
    return new ClientConfig(
        client.id(),
        client.name(),
        enabled,
        client.source(),
        client.destination(),
        client.schedule(),
        client.mapping(),
        client.options(),
        client.awsAccountId());
  }

  static FlowConfigException notFound(String id) {
    return new FlowConfigException(
        Code.NOT_FOUND, "there is no client \"%s\"; check its id".formatted(id));
  }
}
