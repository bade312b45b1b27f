package dev.entrepot.kit.json;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.EventException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Looks a few texts and numbers up in a body without reading all of it: it stops as soon as it has
/// them, and builds nothing. Made once, used for every delivery. Safe for use by many threads.
///
/// A member that occurs twice counts as it stood first, as in [JsonObject].
public final class JsonProbe {

  /// What was found.
  public static final class Found {
    private final @Nullable String[] texts;
    private boolean malformed;
    private int missing;

    private Found(int size) {
      texts = new @Nullable String[size];
      missing = size;
    }

    /// The text or number that the pointer with this number led to; empty when there is none, or it
    /// is blank.
    public Optional<String> text(int pointer) {
      return Optional.ofNullable(texts[pointer]).filter(text -> !text.isBlank());
    }

    /// Whether the body, as far as it was read, is no JSON.
    public boolean malformed() {
      return malformed;
    }
  }

  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    // Several pointers may be the same.
    private int[] slots = {};
  }

  private final Node root = new Node();
  private final int size;

  private JsonProbe(List<String> pointers) {
    size = pointers.size();
    for (int slot = 0; slot < size; slot++) {
      Node node = root;
      for (String name : names(pointers.get(slot))) {
        node = node.children.computeIfAbsent(name, n -> new Node());
      }
      node.slots = Arrays.copyOf(node.slots, node.slots.length + 1);
      node.slots[node.slots.length - 1] = slot;
    }
  }

  /// @param pointers JSON Pointers (RFC 6901), such as `/order/id`; their numbers in [Found] are
  ///   their places here, from 0
  /// @throws IllegalArgumentException when one is no pointer
  public static JsonProbe of(String... pointers) {
    return new JsonProbe(List.of(pointers));
  }

  public Found find(Body body) {
    Found found = new Found(size);
    try (JsonParser parser = Json.parser(body.bytes())) {
      if (parser.nextToken() == null) {
        found.malformed = true;
      } else {
        value(parser, root, found);
      }
    } catch (JacksonException | EventException e) {
      found.malformed = true;
    }
    return found;
  }

  private static void value(JsonParser parser, Node node, Found found) {
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> object(parser, node, found);
      case START_ARRAY -> array(parser, node, found);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        for (int slot : node.slots) {
          if (found.texts[slot] == null) {
            found.texts[slot] = parser.getString();
            found.missing--;
          }
        }
      }
      case VALUE_TRUE,
          VALUE_FALSE,
          VALUE_NULL,
          NOT_AVAILABLE,
          END_OBJECT,
          END_ARRAY,
          PROPERTY_NAME,
          VALUE_EMBEDDED_OBJECT -> {}
    }
  }

  private static void object(JsonParser parser, Node node, Found found) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      step(parser, node.children.get(name), found);
      if (found.missing == 0) {
        return;
      }
    }
  }

  private static void array(JsonParser parser, Node node, Found found) {
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      step(parser, node.children.get(Integer.toString(index)), found);
      if (found.missing == 0) {
        return;
      }
    }
  }

  private static void step(JsonParser parser, @Nullable Node child, Found found) {
    if (child == null) {
      parser.skipChildren();
    } else {
      value(parser, child, found);
    }
  }

  private static List<String> names(String pointer) {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "\"" + pointer + "\" is no JSON Pointer: it must begin with a slash");
    }
    return Arrays.stream(pointer.substring(1).split("/", -1))
        .map(name -> name.replace("~1", "/").replace("~0", "~"))
        .toList();
  }
}
