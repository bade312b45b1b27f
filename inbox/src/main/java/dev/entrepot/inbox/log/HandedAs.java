package dev.entrepot.inbox.log;

import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorableText;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/// What an event was handed on as, where a person had mended what it is about.
public record HandedAs(String topic, String key) {
  private static final Sql NOTE =
      Sql.of(
          """
          update inbox_event set handed_topic = ?, handed_key = ?, handed_hash = ?
          where position = ? and (handed_topic is distinct from ? or handed_key is distinct from ?)
          """);

  public HandedAs {
    topic = StorableText.repair(topic);
    key = StorableText.repair(key);
  }

  /// @param as null: as it came
  static void note(Connection transaction, long position, @Nullable HandedAs as) {
    String topic = as == null ? null : as.topic();
    String key = as == null ? null : as.key();
    Long hash = key == null ? null : (Long) Digests.key(key);
    int _ = NOTE.with(topic, key, hash, position, topic, key).update(transaction);
  }

  /// Of two columns, both of which are null when it was handed on as it came.
  public static @Nullable HandedAs of(@Nullable String topic, @Nullable String key) {
    return topic == null || key == null ? null : new HandedAs(topic, key);
  }
}
