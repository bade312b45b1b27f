package dev.entrepot.flow.mapping;

import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tables `flow_mapping` and `flow_mapping_revision`.
final class MappingStore {
  private static final Sql FIND = Sql.of("select * from flow_mapping where name = ?");
  private static final Sql LOCK = Sql.of("select * from flow_mapping where name = ? for update");
  private static final Sql ALL = Sql.of("select * from flow_mapping order by name");
  private static final Sql PRODUCT_TYPES =
      Sql.of("select name, product_type from flow_mapping order by name");
  private static final Sql USERS =
      Sql.of("select tenant from flow_client where mapping = ? order by tenant");
  private static final Sql INSERT =
      Sql.of(
          """
          insert into flow_mapping (name, product_type, document, revision, created_at, updated_at,
            updated_by)
          select ?, ?, ?::json,
            coalesce((select max(revision) from flow_mapping_revision where name = ?), 0) + 1,
            ?, ?, ?
          on conflict (name) do nothing
          """);
  private static final Sql UPDATE =
      Sql.of(
          """
          update flow_mapping
          set product_type = ?, document = ?::json, revision = revision + 1, updated_at = ?,
            updated_by = ?
          where name = ?
          """);
  private static final Sql REMOVE = Sql.of("delete from flow_mapping where name = ?");
  private static final Sql KEEP =
      Sql.of(
          """
          insert into flow_mapping_revision (name, revision, document, actor, at)
          select name, revision, document, updated_by, updated_at from flow_mapping where name = ?
          """);
  private static final Sql KEEP_REMOVAL =
      Sql.of(
          """
          insert into flow_mapping_revision (name, revision, document, actor, at)
          select name, max(revision) + 1, null, ?, ? from flow_mapping_revision where name = ?
          group by name
          """);
  private static final Sql REVISIONS =
      Sql.of("select * from flow_mapping_revision where name = ? order by revision desc");

  private MappingStore() {}

  static Optional<StoredMapping> find(Connection connection, String name) {
    return FIND.with(name).first(connection, MappingStore::mapping);
  }

  static Optional<StoredMapping> lock(Connection transaction, String name) {
    return LOCK.with(name).first(transaction, MappingStore::mapping);
  }

  static List<StoredMapping> all(Connection connection) {
    return ALL.list(connection, MappingStore::mapping);
  }

  static Map<String, String> productTypes(Connection connection) {
    Map<String, String> types = new TreeMap<>();
    PRODUCT_TYPES.list(connection, row -> types.put(row.text("name"), row.text("product_type")));
    return types;
  }

  static List<String> users(Connection connection, String name) {
    return USERS.with(name).list(connection, row -> row.text("tenant"));
  }

  /// @return whether there was none of that name
  static boolean insert(
      Connection transaction,
      String name,
      String productType,
      Object tree,
      String actor,
      Instant now) {
    boolean inserted =
        INSERT
                .with(name, productType, ConfigTree.json(tree), name, now, now, actor)
                .update(transaction)
            == 1;
    if (inserted) {
      KEEP.with(name).updateOne(transaction);
    }
    return inserted;
  }

  /// @param name of one that is there
  static void update(
      Connection transaction,
      String name,
      String productType,
      Object tree,
      String actor,
      Instant now) {
    UPDATE.with(productType, ConfigTree.json(tree), now, actor, name).updateOne(transaction);
    KEEP.with(name).updateOne(transaction);
  }

  static void remove(Connection transaction, String name, String actor, Instant now) {
    REMOVE.with(name).updateOne(transaction);
    KEEP_REMOVAL.with(actor, now, name).updateOne(transaction);
  }

  static List<MappingRevision> revisions(Connection connection, String name) {
    return REVISIONS
        .with(name)
        .list(
            connection,
            row -> {
              String document = row.jsonOrNull("document");
              return new MappingRevision(
                  row.int8("revision"),
                  document == null ? null : tree(document),
                  row.text("actor"),
                  row.instant("at"));
            });
  }

  private static StoredMapping mapping(Row row) {
    Map<String, @Nullable Object> tree = tree(row.json("document"));
    return new StoredMapping(
        row.text("name"),
        tree,
        // What was kept was read and checked before.
        MappingReader.read(ConfigTree.of(tree), new ConfigProblems()),
        row.int8("revision"),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.text("updated_by"));
  }

  private static Map<String, @Nullable Object> tree(String json) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    if (ConfigTree.read(json, new ConfigProblems()).value() instanceof Map<?, ?> map) {
      map.forEach((name, value) -> tree.put((String) name, value));
    }
    return tree;
  }
}
