package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.clients.ClientReach;
import dev.entrepot.spi.destination.RecordDestination;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.RecordSource;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tries both sides of a client that is not saved yet, with one call each.
final class Tries {
  /// After how many failures in a row a system is left alone; a setting of all connectors.
  private static final String BREAKER = "breaker-failures";

  private interface Call {
    List<String> make() throws InterruptedException;
  }

  private final Clock clock;

  Tries(Clock clock) {
    this.clock = clock;
  }

  /// How a side took it.
  ///
  /// @param code why it did not let us in; null: it did, or was not called at all
  record Tried(
      ClientKind.Side side, ClientReach.Reached reached, RemoteException.@Nullable Code code) {
    boolean well() {
      return reached.well();
    }

    /// What is the matter with a side that did not let us in.
    String matter() {
      return side.title()
          + switch (code) {
            case null -> ": " + reached.problem();
            case DENIED -> " refuses the credentials";
            case UNAVAILABLE, RESTING -> " cannot be reached";
            case REFUSED, THROTTLED, FAULT -> " does not answer as it should";
          };
    }

    /// Which field is at fault, as far as can be told; empty: none by itself.
    String place() {
      return switch (code) {
        case null -> "";
        case DENIED ->
            side.secrets().stream()
                .filter(field -> field.mandatory() && field.secret())
                .map(field -> side.secret(field.name()))
                .findFirst()
                .orElse("");
        case REFUSED, THROTTLED, UNAVAILABLE, RESTING, FAULT -> side.address();
      };
    }
  }

  Tried from(ClientKind kind, Map<String, String> settings, Fields credentials)
      throws InterruptedException {
    return tried(
        kind.from(),
        () -> {
          try (RecordSource source =
              kind.source()
                  .open(settings(kind.from(), settings), credentials, context(kind.from()))) {
            return source.check();
          }
        });
  }

  Tried to(ClientKind kind, Map<String, String> settings, Fields credentials)
      throws InterruptedException {
    return tried(
        kind.to(),
        () -> {
          try (RecordDestination product =
              kind.product().open(settings(kind.to(), settings), credentials, context(kind.to()))) {
            return product.check();
          }
        });
  }

  private static Tried tried(ClientKind.Side side, Call call) throws InterruptedException {
    try {
      return new Tried(
          side, new ClientReach.Reached(side.kind(), side.title(), call.make(), null), null);
    } catch (RemoteException e) {
      return new Tried(side, refused(side, e), e.code());
    } catch (IllegalArgumentException e) {
      return new Tried(side, refused(side, e), null);
    }
  }

  private static ClientReach.Reached refused(ClientKind.Side side, RuntimeException why) {
    return new ClientReach.Reached(
        side.kind(), side.title(), List.of(), String.valueOf(why.getMessage()));
  }

  /// Without a circuit breaker: what went wrong before says nothing of what was mended since.
  private static Map<String, String> settings(ClientKind.Side side, Map<String, String> given) {
    Map<String, String> all = side.complete(given);
    all.computeIfPresent(BREAKER, (_, set) -> set.matches("[0-9]+") ? "0" : set);
    return all;
  }

  /// An account of its own, so that nothing here counts against anybody's runs.
  private RemoteContext context(ClientKind.Side side) {
    return new RemoteContext(
        "(try)/" + side.kind(), Budget.unlimited(), ExchangeRecorder.none(), clock);
  }

  /// Credentials with parts within parts, as connectors read them.
  static Map<String, @Nullable Object> nested(Map<String, String> flat) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    flat.forEach((name, value) -> nest(tree, name, value));
    return tree;
  }

  @SuppressWarnings("unchecked") // Only maps made here are below a name with a point.
  private static void nest(Map<String, @Nullable Object> tree, String name, String value) {
    int point = name.indexOf('.');
    if (point < 0) {
      tree.put(name, value);
      return;
    }
    Object inner =
        tree.computeIfAbsent(
            name.substring(0, point), _ -> new LinkedHashMap<String, @Nullable Object>());
    if (inner instanceof Map<?, ?> map) {
      nest((Map<String, @Nullable Object>) map, name.substring(point + 1), value);
    }
  }

  /// What both sides answered, for people.
  static List<Part> parts(List<ClientReach.Reached> answers) {
    return answers.stream().map(Tries::part).toList();
  }

  private static Part part(ClientReach.Reached reached) {
    String problem = reached.problem();
    if (problem != null) {
      return new Part.Message(Tone.BAD, named(reached, Words.sentence(problem)), null);
    }
    String told = String.join(" ", reached.told().stream().map(Words::sentence).toList());
    return new Part.Message(
        Tone.GOOD,
        named(reached, told.isEmpty() ? reached.title() + " can be reached and lets us in." : told),
        null);
  }

  /// What systems say mostly begins with their name.
  private static String named(ClientReach.Reached reached, String text) {
    return text.startsWith(reached.title().split(" ", 2)[0]) ? text : reached.title() + ": " + text;
  }
}
