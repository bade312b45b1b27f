package dev.entrepot.flow.mapping;

import dev.entrepot.flow.config.ConfigPart;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All mappings, shared by the clients that name them. Each change is one transaction with its
/// revision and its activity. Safe for use by many threads.
public final class Mappings {
  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;
  private final Function<String, KnownFields> fields;

  /// @param database migrated
  /// @param fields what is known of both sides, by product type
  public Mappings(
      Database database,
      ActivityLog activities,
      Clock clock,
      Function<String, KnownFields> fields) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
    this.fields = fields;
  }

  /// All that is wrong or doubtful with a mapping as it is written, in YAML or JSON.
  public List<ConfigProblem> check(ConfigTree tree) {
    var problems = new ConfigProblems();
    MappingDocument document = MappingReader.read(tree, problems);
    List<ConfigProblem> all = new ArrayList<>(problems.all());
    all.addAll(CompiledMapping.check(document, fields.apply(document.productType())));
    return all;
  }

  /// A mapping as it is written, ready for records; it is not kept.
  ///
  /// @throws FlowConfigException INVALID with all problems
  public CompiledMapping compile(ConfigTree tree) {
    var problems = new ConfigProblems();
    MappingDocument document = MappingReader.read(tree, problems);
    problems.addAll(CompiledMapping.check(document, fields.apply(document.productType())));
    problems.requireNone("the mapping");
    return CompiledMapping.of(document, fields.apply(document.productType()));
  }

  /// @throws FlowConfigException NOT_FOUND
  public StoredMapping require(String name) {
    return find(name).orElseThrow(() -> notFound(name));
  }

  public Optional<StoredMapping> find(String name) {
    return database.read(connection -> MappingStore.find(connection, name));
  }

  /// All of them, by name.
  public List<StoredMapping> all() {
    return database.read(MappingStore::all);
  }

  /// As [#all()], on a connection of the caller's.
  public List<StoredMapping> all(Connection connection) {
    return MappingStore.all(connection);
  }

  /// What each of them is for, by name.
  public Map<String, String> productTypes() {
    return database.read(MappingStore::productTypes);
  }

  /// What it was like, newest first.
  public List<MappingRevision> revisions(String name) {
    return database.read(connection -> MappingStore.revisions(connection, name));
  }

  /// The ids of the clients that use it.
  public List<String> users(String name) {
    return database.read(connection -> MappingStore.users(connection, name));
  }

  /// @throws FlowConfigException INVALID with all problems, CONFLICT when there is one of that name
  public StoredMapping create(Actor actor, String name, ConfigTree tree) {
    require(name, tree);
    return database.write(transaction -> {
      create(transaction, actor, name, tree);
      return MappingStore.find(transaction, name).orElseThrow();
    });
  }

  /// Changes a mapping; the next run of each client that uses it reads everything again.
  ///
  /// @param revision of the mapping as it was when the change was thought out
  /// @throws FlowConfigException INVALID, NOT_FOUND, CONFLICT when it was changed since
  public StoredMapping update(Actor actor, String name, ConfigTree tree, long revision) {
    require(name, tree);
    return database.write(transaction -> {
      update(transaction, actor, name, tree, revision);
      return MappingStore.find(transaction, name).orElseThrow();
    });
  }

  /// @throws FlowConfigException NOT_FOUND, CONFLICT when it was changed since or clients use it
  public void remove(Actor actor, String name, long revision) {
    int _ =
        database.write(transaction -> {
          remove(transaction, actor, name, revision);
          return 0;
        });
  }

  /// As [#create(Actor, String, ConfigTree)], in a transaction of the caller's, who has checked it.
  public void create(Connection transaction, Actor actor, String name, ConfigTree tree) {
    if (!MappingStore.insert(
        transaction, name, productType(tree), value(tree), actor.reference(), clock.instant())) {
      throw new FlowConfigException(
          Code.CONFLICT,
          "there is a mapping %s already; change that one, or take another name".formatted(name));
    }
    record(transaction, actor, "create", name, Map.of("productType", productType(tree)));
  }

  /// As [#update(Actor, String, ConfigTree, long)], in a transaction of the caller's, who has
  /// checked it.
  public void update(
      Connection transaction, Actor actor, String name, ConfigTree tree, long revision) {
    StoredMapping present = requireRevision(transaction, name, revision);
    if (present.tree().equals(tree.value())) {
      return;
    }
    MappingStore.update(
        transaction, name, productType(tree), value(tree), actor.reference(), clock.instant());
    record(transaction, actor, "update", name, Map.of("productType", productType(tree)));
  }

  /// As [#remove(Actor, String, long)], in a transaction of the caller's.
  public void remove(Connection transaction, Actor actor, String name, long revision) {
    StoredMapping _ = requireRevision(transaction, name, revision);
    List<String> users = MappingStore.users(transaction, name);
    if (!users.isEmpty()) {
      throw new FlowConfigException(
          Code.CONFLICT,
          "mapping %s is used by %s; give those another one first"
              .formatted(name, String.join(", ", users.subList(0, Math.min(10, users.size())))));
    }
    MappingStore.remove(transaction, name, actor.reference(), clock.instant());
    record(transaction, actor, "remove", name, Map.of());
  }

  /// All that is wrong or doubtful with a mapping under a name.
  public List<ConfigProblem> check(String name, ConfigTree tree) {
    var problems = new ConfigProblems();
    if (!MappingName.valid(name)) {
      problems.error(
          "",
          "\"%s\" cannot be the name of a mapping".formatted(name),
          "take letters, digits, points, hyphens, underscores, and / between its parts");
    }
    problems.addAll(check(tree));
    return problems.all();
  }

  private void require(String name, ConfigTree tree) {
    var problems = new ConfigProblems();
    problems.addAll(check(name, tree));
    problems.requireNone("mapping " + name);
  }

  private static StoredMapping requireRevision(Connection transaction, String name, long revision) {
    StoredMapping present = MappingStore.lock(transaction, name).orElseThrow(() -> notFound(name));
    if (present.revision() != revision) {
      throw new FlowConfigException(
          Code.CONFLICT,
          "mapping %s is at revision %d, not %d; look at it again"
              .formatted(name, present.revision(), revision));
    }
    return present;
  }

  /// What a mapping is for, as it is written; empty: it does not say.
  public static String productType(ConfigTree tree) {
    ConfigPart root = tree.root(new ConfigProblems());
    return Optional.ofNullable(root.text("product_type")).orElse("");
  }

  private static Object value(ConfigTree tree) {
    Object value = tree.value();
    return value == null ? Map.of() : value;
  }

  private void record(
      Connection transaction, Actor actor, String verb, String name, Map<String, ?> details) {
    activities.record(transaction, actor, "mapping." + verb, "mapping/" + name, details);
  }

  private static FlowConfigException notFound(String name) {
    return new FlowConfigException(
        Code.NOT_FOUND, "there is no mapping \"%s\"; check its name".formatted(name));
  }
}
