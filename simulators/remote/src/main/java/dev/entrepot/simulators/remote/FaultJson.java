package dev.entrepot.simulators.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Faults as they are armed by HTTP. Numbers may be texts, as forms send them.
final class FaultJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  static final List<String> NAMES =
      List.of(
          "answer",
          "delay",
          "cut-before",
          "cut-after",
          "answer-after",
          "silent-after",
          "malformed",
          "truncated",
          "drip",
          "lose-results",
          "reject-items");

  private FaultJson() {}

  /// @throws Refusal 400 when it makes no sense
  static Fault read(JsonNode json) {
    try {
      return new Fault(
          text(json, "method").orElse("*"),
          text(json, "path").orElse("*"),
          text(json, "tenant").orElse(null),
          text(json, "containing").orElse(null),
          number(json, "from", 1),
          number(json, "every", 1),
          number(json, "times", Integer.MAX_VALUE),
          harm(json));
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "NO_FAULT", String.valueOf(e.getMessage()));
    }
  }

  private static Harm harm(JsonNode json) {
    var name = text(json, "do").orElse("answer");
    return switch (name) {
      case "answer" ->
          new Harm.Answer(
              number(json, "status", 503), text(json, "body").orElse(null), headers(json));
      case "delay" -> new Harm.Delay(millis(json, 1000));
      case "cut-before" -> new Harm.CutBefore();
      case "cut-after" -> new Harm.CutAfter();
      case "answer-after" -> new Harm.AnswerAfter(number(json, "status", 504));
      case "silent-after" -> new Harm.SilentAfter(millis(json, 600_000));
      case "malformed" -> new Harm.Malformed();
      case "truncated" -> new Harm.Truncated();
      case "drip" -> new Harm.Drip(millis(json, 250));
      case "lose-results" -> new Harm.LoseResults(number(json, "count", 1));
      case "reject-items" ->
          new Harm.RejectItems(
              text(json, "field").orElse(null),
              text(json, "text")
                  .orElseThrow(
                      () -> new IllegalArgumentException("say which `text` rejected items have")));
      default ->
          throw new IllegalArgumentException(
              "nothing can be done by the name of `%s`; there are %s"
                  .formatted(name, String.join(", ", NAMES)));
    };
  }

  static String name(Harm harm) {
    return switch (harm) {
      case Harm.Answer answer -> "answer";
      case Harm.Delay delay -> "delay";
      case Harm.CutBefore() -> "cut-before";
      case Harm.CutAfter() -> "cut-after";
      case Harm.AnswerAfter after -> "answer-after";
      case Harm.SilentAfter silent -> "silent-after";
      case Harm.Malformed() -> "malformed";
      case Harm.Truncated() -> "truncated";
      case Harm.Drip drip -> "drip";
      case Harm.LoseResults lose -> "lose-results";
      case Harm.RejectItems reject -> "reject-items";
    };
  }

  /// The harm for people, such as `answer 503`.
  static String words(Harm harm) {
    return switch (harm) {
      case Harm.Answer answer -> "answer " + answer.status();
      case Harm.AnswerAfter after -> "answer-after " + after.status();
      case Harm.Delay(Duration time) -> "delay " + time.toMillis() + " ms";
      case Harm.RejectItems reject -> "reject-items " + reject.text();
      case Harm.LoseResults(int count) -> "lose-results " + count;
      case Harm.CutBefore(),
          Harm.CutAfter(),
          Harm.Malformed(),
          Harm.Truncated(),
          Harm.SilentAfter(_),
          Harm.Drip(_) ->
          name(harm);
    };
  }

  static ObjectNode write(Faults.Armed armed) {
    var fault = armed.fault();
    var json = JSON.createObjectNode();
    json.put("id", armed.id()).put("method", fault.method()).put("path", fault.path());
    put(json, "tenant", fault.tenant());
    put(json, "containing", fault.containing());
    json.put("from", fault.from()).put("every", fault.every());
    if (fault.times() != Integer.MAX_VALUE) {
      json.put("times", fault.times());
    }
    json.put("do", name(fault.harm()));
    detail(json, fault.harm());
    return json.put("seen", armed.seen()).put("done", armed.done()).put("spent", armed.spent());
  }

  private static void detail(ObjectNode json, Harm harm) {
    switch (harm) {
      case Harm.Answer(int status, String body, Map<String, String> headers) -> {
        json.put("status", status);
        put(json, "body", body);
        headers.forEach(json.putObject("headers")::put);
      }
      case Harm.AnswerAfter(int status) -> json.put("status", status);
      case Harm.Delay(Duration time) -> json.put("ms", time.toMillis());
      case Harm.SilentAfter(Duration time) -> json.put("ms", time.toMillis());
      case Harm.Drip(Duration pause) -> json.put("ms", pause.toMillis());
      case Harm.LoseResults(int count) -> json.put("count", count);
      case Harm.RejectItems(String field, String text) -> {
        put(json, "field", field);
        json.put("text", text);
      }
      case Harm.CutBefore(), Harm.CutAfter(), Harm.Malformed(), Harm.Truncated() -> {}
    }
  }

  private static void put(ObjectNode json, String field, @Nullable String value) {
    if (value != null) {
      json.put(field, value);
    }
  }

  private static Map<String, String> headers(JsonNode json) {
    var headers = new HashMap<String, String>();
    json.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    text(json, "retry_after").ifPresent(seconds -> headers.put("Retry-After", seconds));
    return headers;
  }

  private static Duration millis(JsonNode json, int otherwise) {
    return Duration.ofMillis(number(json, "ms", otherwise));
  }

  private static Optional<String> text(JsonNode json, String field) {
    var value = json.path(field);
    return value.isValueNode() && !value.isNull() && !value.asString().isBlank()
        ? Optional.of(value.asString())
        : Optional.empty();
  }

  private static int number(JsonNode json, String field, int otherwise) {
    return text(json, field).map(value -> parsed(field, value)).orElse(otherwise);
  }

  private static int parsed(String field, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "`%s` is a whole number, not %s".formatted(field, value), e);
    }
  }
}
