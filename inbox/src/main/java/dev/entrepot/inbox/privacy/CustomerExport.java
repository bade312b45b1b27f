package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.hotstore.Entity;
import dev.entrepot.inbox.log.LoggedEvent;
import dev.entrepot.inbox.log.Positions;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What is known of a customer, as the parts of one JSON document; the senders' documents are in it
/// as they wrote them. First [#beginning], then any number of [#event], then [#END].
final class CustomerExport {
  static final String END = "]}";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CustomerExport() {}

  static String beginning(PrivacyCase request, List<Entity> entities, Instant now) {
    StringWriter text = new StringWriter();
    text.append('{');
    member(text, "account", request.account());
    member(text, "customer", request.customer());
    member(text, "email", request.email());
    member(text, "request", request.request());
    member(text, "received_at", request.receivedAt().toString());
    member(text, "exported_at", now.toString());
    text.append("\"entities\":[");
    for (int i = 0; i < entities.size(); i++) {
      text.append(i == 0 ? "" : ",").append(entity(entities.get(i)));
    }
    return text.append("],\n\"events\":[").toString();
  }

  private static void member(StringWriter text, String name, @Nullable String value) {
    text.append(JSON.writeValueAsString(name)).append(':');
    text.append(value == null ? "null" : JSON.writeValueAsString(value)).append(",\n");
  }

  private static String entity(Entity entity) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("type", entity.key().typeName());
      json.writeStringProperty("id", entity.key().id());
      json.writeStringProperty("at", entity.at().toString());
      json.writeStringProperty("state", entity.state());
      json.writeName("document");
      write(json, entity.document());
      json.writeEndObject();
    }
    return text.toString();
  }

  /// @param first whether it is the first one
  static String event(LoggedEvent event, boolean first) {
    StringWriter text = new StringWriter();
    text.append(first ? "\n" : ",\n");
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("event", Positions.text(event.position()));
      json.writeStringProperty("topic", event.identity().topic());
      json.writeStringProperty("received_at", event.receivedAt().toString());
      json.writeName("body");
      write(json, event.body().text());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String document) {
    if (isJson(document)) {
      json.writeRawValue(document);
    } else {
      json.writeString(document);
    }
  }

  private static boolean isJson(String document) {
    try {
      return !document.isBlank() && !JSON.readTree(document).isMissingNode();
    } catch (JacksonException e) {
      return false;
    }
  }
}
