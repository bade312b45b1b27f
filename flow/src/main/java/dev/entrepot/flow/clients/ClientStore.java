package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.Client.ImportedSync;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables `flow_client` and `flow_client_revision`.
final class ClientStore {
  private static final Sql FIND = Sql.of("select * from flow_client where tenant = ?");
  private static final Sql LOCK = Sql.of("select * from flow_client where tenant = ? for update");
  private static final Sql ALL = Sql.of("select * from flow_client order by tenant");
  private static final Sql LIST =
      Sql.of(
          """
          select * from flow_client
          where tenant > ? and (?::boolean is null or enabled = ?)
            and (?::text is null or product_type = ?)
          order by tenant limit ?
          """);
  private static final Sql INSERT =
      Sql.of(
          """
          insert into flow_client (tenant, name, enabled, product_type, mapping, config, revision,
            created_at, updated_at, updated_by)
          select ?, ?, ?, ?, ?, ?::json,
            coalesce((select max(revision) from flow_client_revision where tenant = ?), 0) + 1,
            ?, ?, ?
          on conflict (tenant) do nothing
          """);
  private static final Sql UPDATE =
      Sql.of(
          """
          update flow_client
          set name = ?, enabled = ?, product_type = ?, mapping = ?, config = ?::json,
            revision = revision + 1, updated_at = ?, updated_by = ?
          where tenant = ?
          """);
  private static final Sql IMPORTED =
      Sql.of(
          """
          update flow_client
          set imported_sync_at = ?, imported_sync_status = ?, imported_sync_records = ?
          where tenant = ?
          """);
  private static final Sql REMOVE = Sql.of("delete from flow_client where tenant = ?");
  private static final Sql REMOVE_REJECTED = Sql.of("delete from flow_rejected where tenant = ?");
  private static final Sql REMOVE_KEYLESS = Sql.of("delete from flow_keyless where tenant = ?");
  private static final Sql KEEP =
      Sql.of(
          """
          insert into flow_client_revision (tenant, revision, config, actor, at)
          select tenant, revision, config, updated_by, updated_at from flow_client where tenant = ?
          """);
  private static final Sql KEEP_REMOVAL =
      Sql.of(
          """
          insert into flow_client_revision (tenant, revision, config, actor, at)
          select tenant, max(revision) + 1, null, ?, ? from flow_client_revision where tenant = ?
          group by tenant
          """);
  private static final Sql REVISIONS =
      Sql.of("select * from flow_client_revision where tenant = ? order by revision desc");

  private ClientStore() {}

  static Optional<Client> find(Connection connection, String id) {
    return FIND.with(id).first(connection, ClientStore::client);
  }

  static Optional<Client> lock(Connection transaction, String id) {
    return LOCK.with(id).first(transaction, ClientStore::client);
  }

  static List<Client> all(Connection connection) {
    return ALL.list(connection, ClientStore::client);
  }

  /// Those after an id, in order.
  static List<Client> list(
      Connection connection,
      String after,
      @Nullable Boolean enabled,
      @Nullable String productType,
      int count) {
    return LIST.with(after, enabled, enabled, productType, productType, count)
        .list(connection, ClientStore::client);
  }

  /// @return whether there was none of that id
  static boolean insert(Connection transaction, ClientConfig client, String actor, Instant now) {
    boolean inserted =
        INSERT
                .with(
                    client.id(),
                    client.name(),
                    client.enabled(),
                    client.productType(),
                    client.mapping(),
                    json(client),
                    client.id(),
                    now,
                    now,
                    actor)
                .update(transaction)
            == 1;
    if (inserted) {
      KEEP.with(client.id()).updateOne(transaction);
    }
    return inserted;
  }

  /// @param client that is there
  static void update(Connection transaction, ClientConfig client, String actor, Instant now) {
    UPDATE
        .with(
            client.name(),
            client.enabled(),
            client.productType(),
            client.mapping(),
            json(client),
            now,
            actor,
            client.id())
        .updateOne(transaction);
    KEEP.with(client.id()).updateOne(transaction);
  }

  static void imported(Connection transaction, String id, ImportedSync sync) {
    IMPORTED.with(sync.at(), sync.status(), sync.records(), id).updateOne(transaction);
  }

  /// Of a client that is gone nothing is outstanding.
  static void removeOutstanding(Connection transaction, String id) {
    int _ = REMOVE_REJECTED.with(id).update(transaction);
    int _ = REMOVE_KEYLESS.with(id).update(transaction);
  }

  static void remove(Connection transaction, String id, String actor, Instant now) {
    REMOVE.with(id).updateOne(transaction);
    KEEP_REMOVAL.with(actor, now, id).updateOne(transaction);
  }

  static List<ClientRevision> revisions(Connection connection, String id) {
    return REVISIONS
        .with(id)
        .list(
            connection,
            row -> {
              String config = row.jsonOrNull("config");
              return new ClientRevision(
                  row.int8("revision"),
                  config == null ? null : config(config),
                  row.text("actor"),
                  row.instant("at"));
            });
  }

  private static Client client(Row row) {
    Instant at = row.instantOrNull("imported_sync_at");
    String status = row.textOrNull("imported_sync_status");
    Long records = row.int8OrNull("imported_sync_records");
    return new Client(
        config(row.json("config")),
        row.int8("revision"),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.text("updated_by"),
        at == null && status == null && records == null
            ? null
            : new ImportedSync(at, status, records));
  }

  private static Json json(ClientConfig client) {
    return new Json(ConfigTree.json(ClientTree.of(client)));
  }

  /// What was kept was read and checked before; what a later program writes in addition is left.
  private static ClientConfig config(String json) {
    return ClientReader.read(ConfigTree.read(json, new ConfigProblems()), new ConfigProblems());
  }
}
