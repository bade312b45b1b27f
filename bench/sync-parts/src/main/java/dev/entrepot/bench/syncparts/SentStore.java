package dev.entrepot.bench.syncparts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What Kong was sent, so that the next run sends only what changed, and what became of every
/// record. Writes many rows in a statement.
public final class SentStore {
  private static final String TABLES =
      """
      create table if not exists sync_sent (
        key text primary key,
        body text not null,
        tag text,
        tag_sent text
      );
      create table if not exists sync_outcome (
        run bigint not null,
        record bigint not null,
        key text not null,
        outcome text not null,
        reason text,
        primary key (run, record)
      )
      """;

  private static final String KNOWN = "select key, body from sync_sent where key = any(?)";

  private static final String SENT =
      """
      insert into sync_sent (key, body, tag)
      select * from unnest(?::text[], ?::text[], ?::text[])
      on conflict (key) do update set body = excluded.body, tag = excluded.tag
      """;

  private static final String TAGS_SENT =
      """
      update sync_sent s set tag_sent = t.tag
      from unnest(?::text[], ?::text[]) as t(key, tag) where s.key = t.key
      """;

  private static final String OUTCOMES =
      """
      insert into sync_outcome (run, record, key, outcome, reason)
      select ?, * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
      on conflict (run, record) do update set outcome = excluded.outcome, reason = excluded.reason
      """;

  /// Tags that were not sent yet, as rows of `key` and `tag`.
  public static final String TAGS_DUE =
      """
      select key, tag from sync_sent
      where tag is not null and tag is distinct from tag_sent order by key
      """;

  /// The same of some keys.
  public static final String TAGS_DUE_OF =
      """
      select key, tag from sync_sent
      where tag is not null and tag is distinct from tag_sent and key = any(?) order by key
      """;

  private SentStore() {}

  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
    }
  }

  /// The items that have to be sent; outcomes of the others go to the list.
  public static List<Item> changed(Connection connection, List<Item> items, List<Outcome> outcomes)
      throws SQLException {
    Map<String, String> known = known(connection, items);
    List<Item> changed = new ArrayList<>();
    for (Item item : items) {
      if (item.problem() != null) {
        outcomes.add(Outcome.rejected(item, item.problem()));
      } else if (Objects.equals(known.get(item.key()), item.body())) {
        outcomes.add(Outcome.of(item, Outcome.UNCHANGED));
      } else {
        changed.add(item);
      }
    }
    return changed;
  }

  private static Map<String, String> known(Connection connection, List<Item> items)
      throws SQLException {
    Map<String, String> known = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      String[] keys = items.stream().map(Item::key).toArray(String[]::new);
      statement.setArray(1, connection.createArrayOf("text", keys));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return known;
  }

  /// Keeps what became of a call with products.
  ///
  /// @param rejections by key
  public static void settle(
      Connection connection,
      List<Item> called,
      Map<String, String> rejections,
      List<Outcome> outcomes)
      throws SQLException {
    List<Item> accepted = new ArrayList<>();
    for (Item item : called) {
      String reason = rejections.get(item.key());
      if (reason == null) {
        accepted.add(item);
        outcomes.add(Outcome.of(item, Outcome.WRITTEN));
      } else {
        outcomes.add(Outcome.rejected(item, reason));
      }
    }
    if (accepted.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(SENT)) {
      statement.setArray(1, texts(connection, accepted.stream().map(Item::key).toArray()));
      statement.setArray(2, texts(connection, accepted.stream().map(Item::body).toArray()));
      statement.setArray(3, texts(connection, accepted.stream().map(Item::tag).toArray()));
      statement.executeUpdate();
    }
  }

  public static void keep(Connection connection, long run, List<Outcome> outcomes)
      throws SQLException {
    if (outcomes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(OUTCOMES)) {
      statement.setLong(1, run);
      statement.setArray(
          2,
          connection.createArrayOf(
              "bigint", outcomes.stream().map(Outcome::record).toArray(Long[]::new)));
      statement.setArray(3, texts(connection, outcomes.stream().map(Outcome::key).toArray()));
      statement.setArray(4, texts(connection, outcomes.stream().map(Outcome::word).toArray()));
      statement.setArray(5, texts(connection, outcomes.stream().map(Outcome::reason).toArray()));
      statement.executeUpdate();
    }
  }

  /// Keeps that tags were sent, but for those that were rejected: they are due again.
  public static void tagged(
      Connection connection, List<? extends TagItem> tags, Map<String, String> rejections)
      throws SQLException {
    List<? extends TagItem> accepted =
        tags.stream().filter(tag -> !rejections.containsKey(tag.key())).toList();
    try (PreparedStatement statement = connection.prepareStatement(TAGS_SENT)) {
      statement.setArray(1, texts(connection, accepted.stream().map(TagItem::key).toArray()));
      statement.setArray(2, texts(connection, accepted.stream().map(TagItem::tag).toArray()));
      statement.executeUpdate();
    }
  }

  private static java.sql.Array texts(Connection connection, Object[] values) throws SQLException {
    return connection.createArrayOf("text", values);
  }
}
