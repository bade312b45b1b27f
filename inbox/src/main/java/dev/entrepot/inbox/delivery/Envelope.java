package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.log.Positions;
import dev.entrepot.kit.json.Json;
import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.Message;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is posted: `type`, `timestamp` and `data` as Standard Webhooks has it, and where the event
/// comes from. The event's own JSON is `data`, byte for byte, so that no number loses a digit; what
/// is no JSON comes as `data_base64`.
final class Envelope {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Envelope() {}

  /// The name of an event, the same at every attempt and in every replay.
  static String id(long position) {
    return "evt_" + Positions.text(position);
  }

  static String of(long position, String connection, Message message) {
    Body body = message.body();
    Instant triggered = message.identity().triggeredAt();
    ObjectNode head = MAPPER.createObjectNode();
    head.put("type", message.identity().topic());
    head.put("timestamp", (triggered == null ? message.receivedAt() : triggered).toString());
    head.put("id", id(position));
    head.put("connection", connection);
    head.put("key", message.identity().key());
    head.put("external_id", message.identity().externalId());
    if (!isJson(body)) {
      head.put("data_base64", Base64.getEncoder().encodeToString(body.bytes()));
      return MAPPER.writeValueAsString(head);
    }
    String open = MAPPER.writeValueAsString(head);
    return open.substring(0, open.length() - 1) + ",\"data\":" + withoutMark(body.text()) + "}";
  }

  static String test(String id, Instant now) {
    ObjectNode test = MAPPER.createObjectNode();
    test.put("type", "entrepot.test");
    test.put("timestamp", now.toString());
    test.put("id", id);
    test.putObject("data");
    return MAPPER.writeValueAsString(test);
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isJson(Body body) {
    try {
      var _ = Json.read(body);
      return true;
    } catch (EventException e) {
      return false;
    }
  }
}
