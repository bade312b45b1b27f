package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Sql;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a plan says is to be done, and to which dead letters; the table `inbox_plan`.
///
/// @param letters to how many it was to be done
/// @param digest of those, to tell whether they are the same still
record PlannedAct(LetterAct act, DeadEventFilter filter, long letters, String digest) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// An act as it is stored.
  static Json asked(LetterAct act, DeadEventFilter filter) {
    Map<String, String> asked = new HashMap<>();
    if (act instanceof LetterAct.Skip skip) {
      asked.put("skip", skip.reason());
    }
    put(asked, "tenant", filter.tenant());
    put(asked, "connection", filter.connection());
    put(asked, "topic", filter.topic());
    put(asked, "key", filter.key());
    put(asked, "cause", filter.cause());
    return new Json(JSON.writeValueAsString(asked));
  }

  private static void put(Map<String, String> asked, String name, @Nullable String value) {
    if (value != null) {
      asked.put(name, value);
    }
  }

  /// Takes a plan, which can be carried out once.
  ///
  /// @throws InboxException NOT_FOUND
  static PlannedAct take(Connection transaction, UUID plan) {
    return Sql.of("delete from inbox_plan where id = ? returning act, letters, digest")
        .with(plan)
        .first(
            transaction,
            row -> {
              JsonNode asked = JSON.readTree(row.json("act"));
              String skip = text(asked, "skip");
              return new PlannedAct(
                  skip == null ? new LetterAct.Retry() : new LetterAct.Skip(skip),
                  new DeadEventFilter(
                      text(asked, "tenant"),
                      text(asked, "connection"),
                      text(asked, "topic"),
                      text(asked, "key"),
                      text(asked, "cause"),
                      DeadEvent.State.OPEN),
                  row.int8("letters"),
                  row.text("digest"));
            })
        .orElseThrow(() ->
            new InboxException(
                InboxException.Code.NOT_FOUND,
                "there is no plan " + plan + " (any more); make a new one"));
  }

  private static @Nullable String text(JsonNode asked, String name) {
    JsonNode value = asked.get(name);
    return value == null ? null : value.asString();
  }
}
