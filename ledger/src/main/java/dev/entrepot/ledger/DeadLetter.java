package dev.entrepot.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A rejected record, kept whole.
///
/// @param record its position in the batch, from 1
/// @param line the line of the source it began on, or 0
/// @param key the key people look for first, for example a vendor's product id
/// @param secondKey another such key, for example a SKU
/// @param code the first failed rule
/// @param reason the first failed rule's message
/// @param problems everything that was wrong, as a JSON array
/// @param payload the record as it was: its cells, or the raw text alone when it could not be read
public record DeadLetter(
    UUID batch,
    long record,
    long line,
    @Nullable String key,
    @Nullable String secondKey,
    String code,
    String reason,
    String problems,
    List<String> payload,
    boolean readable,
    State state,
    @Nullable UUID resolvedBatch,
    @Nullable Long resolvedRecord,
    @Nullable String resolvedBy,
    @Nullable Instant resolvedAt) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What somebody has made of it since.
  public enum State {
    OPEN,
    /// Tried again and rejected again: the later attempt counts.
    RETRIED,
    /// A mended successor was accepted.
    MENDED,
    /// Given up, with a reason in the activities.
    DISMISSED
  }

  public DeadLetter {
    payload = List.copyOf(payload);
  }

  /// Everything that was wrong: `INVALID_PRICE: …; INVALID_STOCK: …`.
  public String inWords() {
    List<String> all = new ArrayList<>();
    for (JsonNode problem : JSON.readTree(problems)) {
      all.add(problem.path("code").asString("") + ": " + problem.path("message").asString(""));
    }
    return all.isEmpty() ? code + ": " + reason : String.join("; ", all);
  }

  /// A record that was just rejected.
  public static DeadLetter open(
      UUID batch,
      long record,
      long line,
      @Nullable String key,
      @Nullable String secondKey,
      String code,
      String reason,
      String problems,
      List<String> payload,
      boolean readable) {
    return new DeadLetter(
        batch,
        record,
        line,
        key,
        secondKey,
        code,
        reason,
        problems,
        payload,
        readable,
        State.OPEN,
        null,
        null,
        null,
        null);
  }
}
