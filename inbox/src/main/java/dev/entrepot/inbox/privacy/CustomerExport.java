package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.hotstore.Entity;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What is known of a customer, as one JSON document; the senders' documents are in it as they
/// wrote them.
final class CustomerExport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CustomerExport() {}

  static String of(PrivacyCase request, List<Entity> entities, Instant now) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("account", request.account());
      json.writeStringProperty("customer", request.customer());
      json.writeStringProperty("email", request.email());
      json.writeStringProperty("request", request.request());
      json.writeStringProperty("received_at", request.receivedAt().toString());
      json.writeStringProperty("exported_at", now.toString());
      json.writeArrayPropertyStart("entities");
      for (Entity entity : entities) {
        json.writeStartObject();
        json.writeStringProperty("type", entity.key().typeName());
        json.writeStringProperty("id", entity.key().id());
        json.writeStringProperty("at", entity.at().toString());
        json.writeStringProperty("state", entity.state());
        json.writeName("document");
        if (isJson(entity.document())) {
          json.writeRawValue(entity.document());
        } else {
          json.writeString(entity.document());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static boolean isJson(String document) {
    try {
      JSON.readTree(document);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }
}
