package dev.entrepot.flow.clients;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.flow.config.NearestName;
import dev.entrepot.kit.remote.RemoteSettings;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.SecretSeal;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Credentials of clients, named `siesa-integration/{client_id}/{system}`: sealed in the database,
/// or a reference to where they are kept outside, which is read each time they are needed. They
/// hold JSON as the system's connector says. Safe for use by many threads.
public final class ClientSecrets {
  private static final Sql SET =
      Sql.of(
          """
          insert into flow_secret (tenant, system, value, updated_at, updated_by)
          values (?, ?, ?, ?, ?)
          on conflict (tenant, system) do update set value = excluded.value,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by
          """);
  private static final Sql FIND =
      Sql.of("select * from flow_secret where tenant = ? and system = ?");
  private static final Sql LIST =
      Sql.of("select * from flow_secret where tenant = ? order by system");
  private static final Sql ALL = Sql.of("select * from flow_secret order by tenant, system");
  private static final Sql REMOVE =
      Sql.of("delete from flow_secret where tenant = ? and system = ?");
  private static final Sql REMOVE_ALL = Sql.of("delete from flow_secret where tenant = ?");
  private static final Sql PRESENT =
      Sql.of("select to_regclass('flow_secret') is not null as present");

  private static final String ADDRESS = "api_url";

  private record Stored(String tenant, String system, String value, Instant at, String by) {
    String name() {
      return ClientReader.secretName(tenant, system);
    }
  }

  /// Credentials that were checked, as they are stored.
  ///
  /// @param reference whether they are kept outside
  record Checked(String client, String system, String stored, boolean reference) {
    String name() {
      return ClientReader.secretName(client, system);
    }
  }

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final SecretReferences references;
  private final SecretSeal seal;
  private final FlowSystems systems;

  /// @param database migrated
  /// @param environment gives the values of `env:` references, as `System::getenv` does
  public ClientSecrets(
      Database database,
      ActivityLog activities,
      Clock clock,
      SecretSeal seal,
      FlowSystems systems,
      UnaryOperator<@Nullable String> environment) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.seal = seal;
    this.systems = systems;
    this.references = new SecretReferences(environment);
  }

  /// Sets or replaces credentials.
  ///
  /// @param value JSON, or `env:NAME` or `file:/path` that holds it
  /// @throws FlowConfigException NOT_FOUND when there is no such client, INVALID with all problems
  public SecretView set(Actor actor, String client, String system, String value) {
    var problems = new ConfigProblems();
    Checked checked = check(client, system, value, given(client, system), problems);
    problems.requireNone("secret " + checked.name());
    int _ =
        database.write(transaction -> {
          if (ClientStore.lock(transaction, client).isEmpty()) {
            throw Clients.notFound(client);
          }
          set(transaction, actor, checked);
          return 1;
        });
    return find(client, system).orElseThrow();
  }

  /// @param given what the client itself says
  /// @param problems get all that is wrong
  Checked check(
      String client,
      String system,
      String value,
      Map<String, String> given,
      ConfigProblems problems) {
    String name = ClientReader.secretName(client, system);
    if (systems.credentials(system).isEmpty()) {
      problems.error(
          "",
          "there is no system \"%s\"".formatted(system),
          NearestName.remedy(system, systems.kinds()));
    } else if (systems.open(system)) {
      problems.error("", system + " has no credentials", "set none");
    }
    boolean reference = SecretReferences.isReference(value);
    if (reference) {
      SecretReferences.check(value, problems);
    } else {
      Fields _ = Credentials.read(value, known(system), given, problems);
    }
    return new Checked(
        client, system, reference ? value.strip() : seal.seal(name, value), reference);
  }

  /// As [#set(Actor, String, String, String)], in a transaction of the caller's, in which the
  /// client is there.
  void set(Connection transaction, Actor actor, Checked secret) {
    SET.with(secret.client(), secret.system(), secret.stored(), clock.instant(), actor.reference())
        .updateOne(transaction);
    record(
        transaction,
        actor,
        "set",
        secret.name(),
        secret.reference() ? Map.of("reference", secret.stored()) : Map.of());
  }

  /// Takes credentials away; the client cannot run without them.
  ///
  /// @throws FlowConfigException NOT_FOUND
  public void remove(Actor actor, String client, String system) {
    String name = ClientReader.secretName(client, system);
    int _ =
        database.write(transaction -> {
          if (REMOVE.with(client, system).update(transaction) == 0) {
            throw new FlowConfigException(
                Code.NOT_FOUND, "there is no secret \"%s\"; check its name".formatted(name));
          }
          record(transaction, actor, "remove", name, Map.of());
          return 1;
        });
  }

  static void removeAll(Connection transaction, String client) {
    int _ = REMOVE_ALL.with(client).update(transaction);
  }

  /// Credentials as they may be shown.
  public Optional<SecretView> find(String client, String system) {
    return stored(client, system).map(this::view);
  }

  /// A client's, by system.
  public List<SecretView> list(String client) {
    return database
        .read(connection -> LIST.with(client).list(connection, ClientSecrets::stored))
        .stream()
        .map(this::view)
        .toList();
  }

  /// Credentials as a connector needs them, none for one that has none. The address that the client
  /// names counts more than the one in them.
  ///
  /// @throws IllegalArgumentException when there are none, or they cannot be used; the message is
  ///   for people and tells no secret
  public Fields open(String client, String system) {
    if (systems.open(system)) {
      return Fields.EMPTY;
    }
    String name = ClientReader.secretName(client, system);
    Stored stored =
        stored(client, system)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no secret %s; set it to the credentials of %s"
                        .formatted(name, system)));
    var problems = new ConfigProblems();
    Fields credentials;
    try {
      credentials =
          Credentials.read(resolve(stored), known(system), given(client, system), problems);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("secret " + name + ": " + e.getMessage(), e);
    }
    if (problems.refuses()) {
      throw new IllegalArgumentException(
          String.valueOf(
              FlowConfigException.invalid("secret " + name, problems.all()).getMessage()));
    }
    return credentials;
  }

  /// Keyed digests of a client's account at a system.
  ///
  /// @return nothing: there are no credentials, or they cannot be used
  Optional<AccountDigests> digests(String client, String system, Map<String, String> settings) {
    try {
      return Optional.of(digests(client, system, settings, open(client, system)));
    } catch (IllegalArgumentException e) {
      // Whoever opens the system with them is told.
      return Optional.empty();
    }
  }

  /// As [#digests(String, String, Map)], with credentials that may not be kept.
  AccountDigests digests(
      String client, String system, Map<String, String> settings, Fields credentials) {
    String whole = RemoteSettings.identifying(settings) + "\n" + credentials.values();
    String own = seal.digest(ClientReader.secretName(client, system), whole);
    String identity = Credentials.identity(credentials, known(system));
    String common = identity.isEmpty() ? own : seal.digest("account/" + system, identity);
    return new AccountDigests(own, common);
  }

  /// The names of secrets that a key does not open; none before there are tables.
  public static List<String> unopened(Connection connection, SecretSeal seal) {
    if (!PRESENT.one(connection, row -> row.bool("present"))) {
      return List.of();
    }
    return ALL.list(connection, ClientSecrets::stored).stream()
        .filter(stored -> !SecretReferences.isReference(stored.value()))
        .filter(stored -> !seal.opens(stored.name(), stored.value()))
        .map(Stored::name)
        .toList();
  }

  private SecretView view(Stored stored) {
    var problems = new ConfigProblems();
    Map<String, String> fields = Map.of();
    try {
      Fields credentials =
          Credentials.read(
              resolve(stored),
              known(stored.system()),
              given(stored.tenant(), stored.system()),
              problems);
      fields = Credentials.masked(credentials, known(stored.system()));
    } catch (IllegalStateException e) {
      problems.error("", String.valueOf(e.getMessage()), "or set the secret anew");
    }
    List<ConfigProblem> told = problems.all();
    return new SecretView(
        stored.name(),
        stored.tenant(),
        stored.system(),
        SecretReferences.isReference(stored.value()) ? stored.value() : null,
        fields,
        told,
        stored.at(),
        stored.by());
  }

  private String resolve(Stored stored) {
    return SecretReferences.isReference(stored.value())
        ? references.resolve(stored.value())
        : seal.open(stored.name(), stored.value());
  }

  private List<CredentialField> known(String system) {
    return systems.credentials(system).orElse(List.of());
  }

  private Map<String, String> given(String client, String system) {
    return database
        .read(connection -> ClientStore.find(connection, client))
        .map(found -> given(found.config(), system))
        .orElse(Map.of());
  }

  /// What the client itself says: the system's address.
  static Map<String, String> given(ClientConfig config, String system) {
    ClientConfig.Side side =
        system.equals(config.source().kind()) ? config.source() : config.destination();
    return side.kind().equals(system) && !side.apiUrl().isEmpty()
        ? Map.of(ADDRESS, side.apiUrl())
        : Map.of();
  }

  private Optional<Stored> stored(String client, String system) {
    return database.read(
        connection -> FIND.with(client, system).first(connection, ClientSecrets::stored));
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.text("tenant"),
        row.text("system"),
        row.text("value"),
        row.instant("updated_at"),
        row.text("updated_by"));
  }

  private void record(
      Connection transaction, Actor actor, String verb, String name, Map<String, ?> details) {
    activities.record(transaction, actor, "secret." + verb, "secret/" + name, details);
  }
}
