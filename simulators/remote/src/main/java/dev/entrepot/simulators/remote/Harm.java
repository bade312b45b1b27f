package dev.entrepot.simulators.remote;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a fault does to a call.
public sealed interface Harm {

  /// Whether it decides how the call ends; there is at most one such harm to a call.
  default boolean ends() {
    return !(this instanceof Delay || this instanceof RejectItems);
  }

  /// Answers so, and carries nothing out.
  ///
  /// @param body null: an error in the system's own shape
  /// @param headers more headers, such as `Retry-After`
  record Answer(int status, @Nullable String body, Map<String, String> headers) implements Harm {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /// Waits before the call is looked at; goes with any other harm.
  record Delay(Duration time) implements Harm {}

  /// Cuts the connection; nothing is carried out.
  record CutBefore() implements Harm {}

  /// Carries the call out, then cuts the connection instead of an answer.
  record CutAfter() implements Harm {}

  /// Carries the call out, then answers with this status, as a gateway does that lost patience.
  record AnswerAfter(int status) implements Harm {}

  /// Carries the call out and keeps silent; cuts the connection in the end.
  record SilentAfter(Duration time) implements Harm {}

  /// Carries the call out; the answer is complete, but no JSON.
  record Malformed() implements Harm {}

  /// Carries the call out; the answer breaks off in the middle, and the connection with it.
  record Truncated() implements Harm {}

  /// Carries the call out; the answer comes in 16 pieces, with this pause between them.
  record Drip(Duration pause) implements Harm {}

  /// Carries the call out; the last results are missing from the answer's `results`.
  record LoseResults(int count) implements Harm {}

  /// Rejects the items whose field contains the text.
  ///
  /// @param field null: any field that is a text
  record RejectItems(@Nullable String field, String text) implements Harm {

    boolean meets(JsonNode item) {
      return field != null
          ? contains(item.path(field))
          : item.properties().stream().anyMatch(property -> contains(property.getValue()));
    }

    private boolean contains(JsonNode value) {
      return value.isString() && value.stringValue().contains(text);
    }
  }
}
