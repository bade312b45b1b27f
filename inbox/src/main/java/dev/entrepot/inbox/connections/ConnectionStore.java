package dev.entrepot.inbox.connections;

import dev.entrepot.inbox.connections.InboxConnection.DeadLetterPolicy;
import dev.entrepot.inbox.connections.InboxConnection.State;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The tables `inbox_connection` and `inbox_secret`.
final class ConnectionStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

  private static final Sql REVISION = Sql.of("select connections_revision from inbox_settings");

  private static final Sql BUMP =
      Sql.of("update inbox_settings set connections_revision = connections_revision + 1");

  private static final Sql CONNECTIONS = Sql.of("select * from inbox_connection order by name");

  private static final Sql SECRETS =
      Sql.of("select * from inbox_secret order by connection, number desc");

  private static final Sql INSERT =
      Sql.of(
          """
          insert into inbox_connection (name, tenant, kind, title, settings, state,
            most_body_bytes, dead_letters, created_at, updated_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (name) do nothing
          """);

  private static final Sql UPDATE =
      Sql.of(
          """
          update inbox_connection
          set tenant = ?, title = ?, settings = ?, state = ?, most_body_bytes = ?,
            dead_letters = ?, updated_at = ?, revision = revision + 1
          where name = ? and kind = ? and revision = ? and removed_at is null
          """);

  private static final Sql TOUCH =
      Sql.of(
          """
          update inbox_connection set updated_at = ?, revision = revision + 1
          where name = ? and removed_at is null
          """);

  // What it did with events counts no more, but those it kept are handed on.
  private static final Sql REMOVE =
      Sql.of(
          """
          update inbox_connection set state = 'disabled', updated_at = ?, removed_at = ?,
            removed_slice = (select last_value >> 40 from inbox_position), revision = revision + 1
          where name = ? and removed_at is null
          """);

  private static final Sql FORGET_SECRETS = Sql.of("delete from inbox_secret where connection = ?");

  // Nothing is left that was identified or is read by it: neither events nor the memory of them,
  // which is dropped in wider parts.
  private static final Sql FORGET_REMOVED =
      Sql.of(
          """
          delete from inbox_connection where name = any(array(
            select c.name from inbox_connection c, (select max(width) as w from inbox_sliced) widest
            where c.removed_slice is not null
              and not exists (select from inbox_slice s where s.slice / w <= c.removed_slice / w)
              and not exists (select from inbox_dead_letter d where d.connection = c.name)
              and not exists (select from inbox_waiting e where e.connection = c.name)
            limit ?))
          """);

  private static final Sql OUTDATE =
      Sql.of(
          """
          update inbox_secret set valid_until = least(coalesce(valid_until, 'infinity'), ?)
          where connection = ?
          """);

  private static final Sql FORGET_OUTDATED =
      Sql.of("delete from inbox_secret where connection = ? and valid_until <= ?");

  private static final Sql ADD_SECRET =
      Sql.of(
          """
          insert into inbox_secret (connection, number, value, created_at)
          select ?, coalesce(max(number), 0) + 1, ?, ? from inbox_secret where connection = ?
          """);

  private static final Sql DROP_SECRET =
      Sql.of("delete from inbox_secret where connection = ? and number = ?");

  /// @param value as it is stored
  record StoredSecret(SecretState state, String value) {}

  record Stored(InboxConnection connection, List<StoredSecret> secrets) {}

  private ConnectionStore() {}

  static long revision(Connection connection) {
    return REVISION.one(connection, row -> row.int8("connections_revision"));
  }

  static void bump(Connection transaction) {
    BUMP.updateOne(transaction);
  }

  static List<Stored> all(Connection connection) {
    Map<String, List<StoredSecret>> secrets = new HashMap<>();
    SECRETS.list(
        connection,
        row ->
            secrets
                .computeIfAbsent(row.text("connection"), _ -> new ArrayList<>())
                .add(secret(row)));
    return CONNECTIONS.list(
        connection, row -> stored(row, secrets.getOrDefault(row.text("name"), List.of())));
  }

  static Optional<Stored> find(Connection connection, String name) {
    return all(connection).stream()
        .filter(stored -> stored.connection().name().equals(name))
        .findFirst();
  }

  static boolean insert(Connection transaction, ConnectionDraft draft, Instant now) {
    return INSERT
            .with(
                draft.name(),
                draft.tenant(),
                draft.kind(),
                draft.title(),
                settings(draft),
                word(draft.state()),
                draft.mostBodyBytes(),
                word(draft.deadLetters()),
                now,
                now)
            .update(transaction)
        == 1;
  }

  static boolean update(Connection transaction, ConnectionDraft draft, long revision, Instant now) {
    return UPDATE
            .with(
                draft.tenant(),
                draft.title(),
                settings(draft),
                word(draft.state()),
                draft.mostBodyBytes(),
                word(draft.deadLetters()),
                now,
                draft.name(),
                draft.kind(),
                revision)
            .update(transaction)
        == 1;
  }

  /// Makes a secret the newest of a connection that is locked or new.
  ///
  /// @param othersUntil until when those before it remain valid at most
  static void addSecret(
      Connection transaction, String name, String value, Instant othersUntil, Instant now) {
    int _ = FORGET_OUTDATED.with(name, now).update(transaction);
    int _ = OUTDATE.with(othersUntil, name).update(transaction);
    ADD_SECRET.with(name, value, now, name).updateOne(transaction);
  }

  /// @return whether there was such a connection
  static boolean remove(Connection transaction, String name, Instant now) {
    int _ = FORGET_SECRETS.with(name).update(transaction);
    return REMOVE.with(now, now, name).update(transaction) == 1;
  }

  /// Forgets removed connections of which nothing is kept any more; their names are free again.
  static int forgetRemoved(Connection transaction, int limit) {
    return FORGET_REMOVED.with(limit).update(transaction);
  }

  /// Locks a connection and counts a change of it.
  ///
  /// @return whether there is such a connection
  static boolean touch(Connection transaction, String name, Instant now) {
    return TOUCH.with(now, name).update(transaction) == 1;
  }

  static void dropSecret(Connection transaction, String name, int number) {
    DROP_SECRET.with(name, number).updateOne(transaction);
  }

  private static Json settings(ConnectionDraft draft) {
    return new Json(JSON.writeValueAsString(draft.settings()));
  }

  private static StoredSecret secret(Row row) {
    String value = row.text("value");
    return new StoredSecret(
        new SecretState(
            row.int4("number"),
            SecretValues.reference(value),
            row.instant("created_at"),
            row.instantOrNull("valid_until")),
        value);
  }

  private static Stored stored(Row row, List<StoredSecret> secrets) {
    InboxConnection connection =
        new InboxConnection(
            row.text("name"),
            row.text("tenant"),
            row.text("kind"),
            row.text("title"),
            JSON.readValue(row.json("settings"), SETTINGS),
            State.valueOf(upper(row.text("state"))),
            row.int4("most_body_bytes"),
            DeadLetterPolicy.valueOf(upper(row.text("dead_letters"))),
            secrets.stream().map(StoredSecret::state).toList(),
            row.instant("created_at"),
            row.instant("updated_at"),
            row.int8("revision"),
            row.instantOrNull("removed_at"));
    return new Stored(connection, secrets);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
