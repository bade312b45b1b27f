package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.connections.SecretState;
import dev.entrepot.inbox.connections.SecretValues;
import dev.entrepot.inbox.delivery.Destination.State;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.net.URI;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables `destination` and `destination_secret`.
final class DestinationRows {
  private static final Sql ALL =
      Sql.of("select * from destination where ?::text is null or name = ? order by name");

  private static final Sql SECRETS =
      Sql.of(
          """
          select * from destination_secret where ?::text is null or destination = ?
          order by destination, number desc
          """);

  private static final Sql RECEIVING =
      Sql.of(
          """
          select * from destination where tenant = any(?::text[]) and state <> 'disabled'
          order by name
          """);

  private static final Sql COUNT = Sql.of("select count(*) as n from destination");

  private static final Sql INSERT =
      Sql.of(
          """
          insert into destination (name, tenant, title, url, topics, connections, state, created_at,
            updated_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (name) do nothing
          """);

  private static final Sql UPDATE =
      Sql.of(
          """
          update destination
          set tenant = ?, title = ?, url = ?, topics = ?, connections = ?, state = ?, updated_at = ?,
            problem = case when state = ? then problem end, revision = revision + 1
          where name = ? and revision = ?
          """);

  private static final Sql DISABLE =
      Sql.of(
          """
          update destination
          set state = 'disabled', problem = ?, updated_at = ?, revision = revision + 1
          where name = ? and state <> 'disabled'
          """);

  private static final Sql TOUCH =
      Sql.of("update destination set updated_at = ?, revision = revision + 1 where name = ?");

  private static final Sql OUTDATE =
      Sql.of(
          """
          update destination_secret
          set valid_until = least(coalesce(valid_until, 'infinity'), ?) where destination = ?
          """);

  private static final Sql FORGET_OUTDATED =
      Sql.of("delete from destination_secret where destination = ? and valid_until <= ?");

  private static final Sql ADD_SECRET =
      Sql.of(
          """
          insert into destination_secret (destination, number, value, created_at)
          select ?, coalesce(max(number), 0) + 1, ?, ? from destination_secret
          where destination = ?
          """);

  /// @param secrets as they are stored, newest first
  record Stored(Destination destination, List<StoredSecret> secrets) {}

  /// @param value as it is stored
  record StoredSecret(SecretState state, String value) {}

  private DestinationRows() {}

  static List<Stored> all(Connection connection) {
    return load(connection, null);
  }

  static Optional<Stored> find(Connection connection, String name) {
    return load(connection, name).stream().findFirst();
  }

  private static List<Stored> load(Connection connection, @Nullable String name) {
    Map<String, List<StoredSecret>> secrets = new HashMap<>();
    SECRETS
        .with(name, name)
        .list(
            connection,
            row ->
                secrets
                    .computeIfAbsent(row.text("destination"), _ -> new ArrayList<>())
                    .add(secret(row)));
    return ALL.with(name, name)
        .list(
            connection,
            row -> {
              List<StoredSecret> own = secrets.getOrDefault(row.text("name"), List.of());
              return new Stored(destination(row, own), own);
            });
  }

  /// Those that events of some tenants may be for, without their secrets.
  static List<Destination> receiving(Connection connection, Collection<String> tenants) {
    return RECEIVING
        .with((Object) tenants.toArray(String[]::new))
        .list(connection, row -> destination(row, List.of()));
  }

  static long count(Connection connection) {
    return COUNT.one(connection, row -> row.int8("n"));
  }

  static boolean insert(Connection transaction, DestinationDraft draft, Instant now) {
    return INSERT
            .with(
                draft.name(),
                draft.tenant(),
                draft.title(),
                draft.url(),
                texts(draft.topics()),
                texts(draft.connections()),
                word(draft.state()),
                now,
                now)
            .update(transaction)
        == 1;
  }

  static boolean update(
      Connection transaction, DestinationDraft draft, long revision, Instant now) {
    return UPDATE
            .with(
                draft.tenant(),
                draft.title(),
                draft.url(),
                texts(draft.topics()),
                texts(draft.connections()),
                word(draft.state()),
                now,
                word(draft.state()),
                draft.name(),
                revision)
            .update(transaction)
        == 1;
  }

  /// @return whether it was not disabled before
  static boolean disable(Connection transaction, String name, String problem, Instant now) {
    return DISABLE.with(problem, now, name).update(transaction) == 1;
  }

  /// Makes a secret the newest. Locks the destination, so that two of them get two numbers.
  ///
  /// @param othersUntil until when those before it sign, too, at most
  /// @return whether there is such a destination
  static boolean addSecret(
      Connection transaction, String name, String value, Instant othersUntil, Instant now) {
    if (TOUCH.with(now, name).update(transaction) == 0) {
      return false;
    }
    int _ = FORGET_OUTDATED.with(name, now).update(transaction);
    int _ = OUTDATE.with(othersUntil, name).update(transaction);
    ADD_SECRET.with(name, value, now, name).updateOne(transaction);
    return true;
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

  private static Destination destination(Row row, List<StoredSecret> secrets) {
    return new Destination(
        row.text("name"),
        row.text("tenant"),
        row.text("title"),
        URI.create(row.text("url")),
        list(row.textArray("topics")),
        list(row.textArray("connections")),
        State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.textOrNull("problem"),
        secrets.stream().map(StoredSecret::state).toList(),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.int8("revision"));
  }

  private static List<String> list(List<@Nullable String> texts) {
    return texts.stream().map(String::valueOf).toList();
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
