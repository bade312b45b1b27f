package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which dead letters are wanted; null: any.
///
/// @param tenant whose connections they came by: of two tenants the keys may be equal
/// @param cause as in [DeadEvent#cause()]
public record DeadEventFilter(
    @Nullable String tenant,
    @Nullable String connection,
    @Nullable String topic,
    @Nullable String key,
    @Nullable String cause,
    DeadEvent.@Nullable State state) {
  /// Of any tenant.
  public DeadEventFilter(
      @Nullable String connection,
      @Nullable String topic,
      @Nullable String key,
      @Nullable String cause,
      DeadEvent.@Nullable State state) {
    this(null, connection, topic, key, cause, state);
  }

  /// All that wait for somebody.
  public static final DeadEventFilter OPEN =
      new DeadEventFilter(null, null, null, null, DeadEvent.State.OPEN);

  /// The open ones of one cause.
  public static DeadEventFilter ofCause(String cause) {
    return new DeadEventFilter(null, null, null, cause, DeadEvent.State.OPEN);
  }

  /// The same of one state.
  DeadEventFilter in(DeadEvent.State wanted) {
    return new DeadEventFilter(tenant, connection, topic, key, cause, wanted);
  }

  /// A statement that ends with `where true`, narrowed; then further text with its arguments.
  Sql narrow(String select, String end, @Nullable Object... more) {
    StringBuilder text = new StringBuilder(select);
    List<@Nullable Object> arguments = new ArrayList<>();
    add(
        text,
        arguments,
        " and connection in (select name from inbox_connection where tenant = ?)",
        tenant);
    add(text, arguments, " and connection = ?", connection);
    either(text, arguments, "topic", topic);
    either(text, arguments, "key", key);
    add(text, arguments, " and cause = ?", cause);
    add(
        text,
        arguments,
        " and state = ?",
        state == null ? null : state.name().toLowerCase(Locale.ROOT));
    text.append(' ').append(end);
    arguments.addAll(java.util.Arrays.asList(more));
    return Sql.of(text.toString()).with(arguments.toArray());
  }

  /// As it came, or as it was handed on since somebody mended it; of those there are few.
  private static void either(
      StringBuilder text, List<@Nullable Object> arguments, String name, @Nullable String value) {
    if (value != null) {
      text.append(
          """
           and (NAME = ? or position = any(array(
            select position from inbox_event where handed_hash is not null and handed_NAME = ?)))
          """
              .replace("NAME", name));
      arguments.add(value);
      arguments.add(value);
    }
  }

  private static void add(
      StringBuilder text,
      List<@Nullable Object> arguments,
      String condition,
      @Nullable Object value) {
    if (value != null) {
      text.append(condition);
      arguments.add(value);
    }
  }
}
