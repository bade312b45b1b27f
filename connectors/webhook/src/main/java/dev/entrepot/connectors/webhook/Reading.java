package dev.entrepot.connectors.webhook;

import dev.entrepot.kit.json.Json;
import dev.entrepot.kit.json.JsonObject;
import dev.entrepot.kit.json.JsonValue;
import dev.entrepot.kit.naming.Names;
import dev.entrepot.kit.naming.Times;
import dev.entrepot.kit.signature.SignedTime;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventException.Code;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.SettingField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a connection's settings say that deliveries are identified and read.
///
/// @param account to which the entities belong
/// @param topics those that are known; empty: all
/// @param deletions the topics whose events delete their entity
/// @param type of the entities; null: nothing is kept of the events but themselves
/// @param entity names of the members that lead to the entity in the body
record Reading(
    String account,
    Place id,
    Place topic,
    Place key,
    Place updatedAt,
    Set<String> topics,
    Set<String> deletions,
    @Nullable EntityType type,
    List<String> entity) {
  static final String ACCOUNT = "account";

  private static final String UNNAMED = "event";
  private static final String NONE = "none";

  /// The settings, with a kind's own fallbacks.
  static List<SettingField> fields(
      String account, String topic, String key, String updatedAt, String entity) {
    List<String> types = new ArrayList<>(List.of(NONE));
    Arrays.stream(EntityType.values()).map(Reading::name).forEach(types::add);
    String places = " A JSON Pointer into the body, such as /data/id, or the name of a header.";
    return List.of(
        new SettingField(
            ACCOUNT, "The sender's account, to which its entities belong.", account, List.of()),
        new SettingField(
            "topic",
            "Where the topic stands; an event without it becomes a dead letter; empty: there is"
                + " none."
                + places,
            topic,
            List.of()),
        new SettingField(
            "key",
            "Where the id of the thing stands that an event is about: events with the same are"
                + " handed on in order, and one without it becomes a dead letter; empty: there is"
                + " none."
                + places,
            key,
            List.of()),
        new SettingField(
            "updated-at",
            "Where the time of the thing's state stands, in ISO 8601 or seconds since 1970; empty:"
                + " the time of the delivery counts."
                + places,
            updatedAt,
            List.of()),
        new SettingField(
            "topics",
            "The topics that are known, with commas between; others become dead letters. Empty:"
                + " all.",
            "",
            List.of()),
        new SettingField("entity-type", "What the things are, to keep their state.", NONE, types),
        new SettingField(
            "entity",
            "A JSON Pointer to the thing's state in the body; empty: the whole body.",
            entity,
            List.of()),
        new SettingField(
            "deleting-topics",
            "The topics whose events say that the thing was deleted, with commas between.",
            "",
            List.of()));
  }

  /// @throws IllegalArgumentException when a setting is not right
  static Reading of(Map<String, String> values, Place id) {
    String account = values.getOrDefault(ACCOUNT, "").strip();
    if (account.isEmpty()) {
      throw new IllegalArgumentException("setting account is empty; give the sender's account");
    }
    String type = values.getOrDefault("entity-type", NONE);
    String entity = values.getOrDefault("entity", "").strip();
    if (!entity.isEmpty() && !entity.startsWith("/")) {
      throw new IllegalArgumentException(
          "setting entity is \"" + entity + "\", no JSON Pointer: it must begin with a slash");
    }
    Place key = Place.parse(values.getOrDefault("key", ""));
    if (!type.equals(NONE) && key instanceof Place.Nowhere) {
      throw new IllegalArgumentException(
          "setting key is empty, but entity-type needs it to know things apart; give it");
    }
    return new Reading(
        Names.fit(account),
        id,
        Place.parse(values.getOrDefault("topic", "")),
        key,
        Place.parse(values.getOrDefault("updated-at", "")),
        list(values.getOrDefault("topics", "")),
        list(values.getOrDefault("deleting-topics", "")),
        type.equals(NONE)
            ? null
            : EntityType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_')),
        entity.isEmpty() ? List.of() : List.of(entity.substring(1).split("/", -1)));
  }

  /// Without an id, the same topic with the same body is the same event.
  Identity identify(Delivery delivery) {
    String name = topic.find(delivery).map(Names::fit).orElse(UNNAMED);
    byte[] topicBytes = (name + "\n").getBytes(StandardCharsets.UTF_8);
    String digest = Names.digest(topicBytes, delivery.body().bytes());
    return new Identity(
        id.find(delivery).map(Names::fit).orElse(digest),
        name,
        Names.join(account, key.find(delivery).orElse("~" + digest)),
        updatedAt.find(delivery).flatMap(Reading::time).orElse(null));
  }

  /// @throws EventException when it cannot be understood
  Facts read(Message message) {
    JsonValue body = Json.read(message.body());
    Delivery delivery = new Delivery(message.headers(), message.body());
    require("topic", topic, delivery);
    String name = message.identity().topic();
    if (!topics.isEmpty() && !topics.contains(name)) {
      throw new EventException(
          Code.UNKNOWN_TOPIC,
          "topic \"" + name + "\" is not among the connection's; add it to topics, or skip it");
    }
    String thing = require("key", key, delivery);
    if (type == null) {
      return Facts.NONE;
    }
    Instant at = at(delivery, message.receivedAt());
    if (deletions.contains(name)) {
      return Facts.of(new EntityChange.Deleted(account, type, thing, at));
    }
    return Facts.of(
        new EntityChange.Present(
            account, type, thing, at, state(body, type).raw(), Map.of(), null));
  }

  /// What stands where a setting says; empty when the setting says nothing.
  private static String require(String setting, Place place, Delivery delivery) {
    Optional<String> found = place.find(delivery).map(Names::fit);
    if (found.isEmpty() && place.isSomewhere()) {
      throw new EventException(
          Code.MISSING_FIELD,
          "there is no %s %s, where setting %s says that it stands; mend the event, or the setting"
              .formatted(setting, place.words(), setting));
    }
    return found.orElse("");
  }

  private Instant at(Delivery delivery, Instant receivedAt) {
    Optional<String> text = updatedAt.find(delivery);
    if (text.isEmpty()) {
      return receivedAt;
    }
    return time(text.get())
        .orElseThrow(() ->
            new EventException(
                Code.MISSING_FIELD,
                "where setting updated-at says stands \""
                    + Names.words(text.get())
                    + "\", which is no time"));
  }

  private JsonObject state(JsonValue body, EntityType entityType) {
    Optional<JsonObject> state =
        body instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    for (String member : entity) {
      String plain = member.replace("~1", "/").replace("~0", "~");
      state = state.flatMap(object -> object.object(plain));
    }
    return state.orElseThrow(() ->
        new EventException(
            Code.MISSING_FIELD,
            "there is no "
                + name(entityType)
                + " at \""
                + (entity.isEmpty() ? "" : "/" + String.join("/", entity))
                + "\"; compare setting entity with the body"));
  }

  private static Optional<Instant> time(String text) {
    return Times.offset(text).or(() -> SignedTime.ofEpochSeconds(text).map(SignedTime::at));
  }

  private static String name(EntityType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Set<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
