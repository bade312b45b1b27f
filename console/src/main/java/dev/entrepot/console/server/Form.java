package dev.entrepot.console.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The fields of a submitted form, or of a query. Immutable.
public final class Form {
  private static final int MOST_FIELDS = 2_000;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /// Reads `application/x-www-form-urlencoded`.
  ///
  /// @throws ProblemException MALFORMED when it cannot be decoded or has too many fields
  static Form parse(String encoded) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    int count = 0;
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST_FIELDS) {
        throw new ProblemException(
            ProblemException.Kind.MALFORMED, "there are more than " + MOST_FIELDS + " fields");
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Form(fields);
  }

  /// The first value of a field, if it is there at all; may be empty.
  public Optional<String> value(String name) {
    return Optional.ofNullable(fields.get(name)).map(List::getFirst);
  }

  /// The first value of a field without surrounding blanks, if there is any text in it.
  public Optional<String> text(String name) {
    return value(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  /// A field that is a UUID, if there is any text in it.
  ///
  /// @throws ProblemException INVALID when it is none
  public Optional<UUID> uuid(String name) {
    return text(name)
        .map(text -> {
          try {
            return UUID.fromString(text);
          } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(name, name + " is \"" + text + "\"; it must be a UUID");
          }
        });
  }

  /// All values of a field.
  public List<String> values(String name) {
    return List.copyOf(fields.getOrDefault(name, List.of()));
  }

  /// The names of all fields, in their order.
  public List<String> names() {
    return List.copyOf(fields.keySet());
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.MALFORMED, "\"" + text + "\" is not properly percent-encoded");
    }
  }
}
