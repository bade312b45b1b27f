package dev.entrepot.inbox.alerts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What one recipient is told of an alert. Nothing in it says who the customer is: what leaves the
/// house cannot be erased any more.
///
/// @param id of the notice, the same at every attempt
public record AlertNotice(
    UUID id, AlertRecipient.Channel channel, String address, String ruleName, Alert alert) {
  /// The type of the event that webhooks are sent.
  public static final String TYPE = "alert.raised";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// One line.
  public String subject() {
    return ruleName + ": " + alert.subject() + " of " + alert.account();
  }

  /// As a plain mail.
  ///
  /// @param page where the alert is seen
  public String text(String page) {
    return subject()
        + (alert.amount() == null ? "" : ", " + alert.amount())
        + ".\n\nHappened: "
        + alert.happenedAt()
        + "\nConnection: "
        + alert.connection()
        + "\nWhat it is about: "
        + alert.kind()
        + "\n\nLook at it, and say that you have seen to it:\n"
        + page
        + "\n";
  }

  /// As an event in the shape of Standard Webhooks: `type`, `timestamp`, `data`.
  ///
  /// @param page where the alert is seen
  public String json(Instant now, String page) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("id", alert.id().toString());
    data.put("tenant", alert.tenant());
    data.put("rule", ruleName);
    data.put("kind", alert.kind());
    data.put("connection", alert.connection());
    data.put("account", alert.account());
    data.put("subject", alert.subject());
    data.put("amount", alert.amount() == null ? null : alert.amount().amount());
    data.put(
        "currency", alert.amount() == null ? null : alert.amount().currency().getCurrencyCode());
    data.put("happened_at", alert.happenedAt().toString());
    data.put("raised_at", alert.raisedAt().toString());
    data.put("page", page);
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("type", TYPE);
    event.put("timestamp", now.toString());
    event.put("data", data);
    return JSON.writeValueAsString(event);
  }
}
