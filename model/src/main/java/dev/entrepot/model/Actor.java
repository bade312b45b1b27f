package dev.entrepot.model;

/// Who does something: a person signed in, an API key, or the program itself.
///
/// @param kind what the actor is
/// @param id a stable identifier within the kind: an e-mail address, an API key's id, a part's name
public record Actor(Kind kind, String id) {

  /// What an actor can be.
  public enum Kind {
    USER,
    API_KEY,
    SYSTEM
  }

  public Actor {
    if (id.isBlank()) {
      throw new IllegalArgumentException("an actor needs an id");
    }
  }

  /// A part of the program acting by itself.
  public static Actor system(String part) {
    return new Actor(Kind.SYSTEM, part);
  }

  /// The form in which an actor is recorded, for example `user:anna@example.com`.
  public String reference() {
    return switch (kind) {
      case USER -> "user:" + id;
      case API_KEY -> "key:" + id;
      case SYSTEM -> "system:" + id;
    };
  }

  /// A reference as people read it: `key:local` is "API key local".
  public static String inWords(String reference) {
    int colon = reference.indexOf(':');
    String id = reference.substring(colon + 1);
    return switch (colon < 0 ? "" : reference.substring(0, colon)) {
      case "user" -> id;
      case "key" -> "API key " + id;
      case "system" -> "Entrepot (" + id + ")";
      default -> reference;
    };
  }
}
