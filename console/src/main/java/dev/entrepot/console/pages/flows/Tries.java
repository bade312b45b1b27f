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
  private interface Call {
    List<String> make() throws InterruptedException;
  }

  private final Clock clock;

  Tries(Clock clock) {
    this.clock = clock;
  }

  /// @param credentials by name, nested ones with points
  List<String> source(ClientKind kind, Map<String, String> settings, Fields credentials)
      throws InterruptedException {
    try (RecordSource source =
        kind.source().open(kind.from().complete(settings), credentials, context(kind.from()))) {
      return source.check();
    }
  }

  List<String> product(ClientKind kind, Map<String, String> settings, Fields credentials)
      throws InterruptedException {
    try (RecordDestination product =
        kind.product().open(kind.to().complete(settings), credentials, context(kind.to()))) {
      return product.check();
    }
  }

  ClientReach.Reached from(ClientKind kind, Map<String, String> settings, Fields credentials)
      throws InterruptedException {
    return reached(kind.from(), () -> source(kind, settings, credentials));
  }

  ClientReach.Reached to(ClientKind kind, Map<String, String> settings, Fields credentials)
      throws InterruptedException {
    return reached(kind.to(), () -> product(kind, settings, credentials));
  }

  private static ClientReach.Reached reached(ClientKind.Side side, Call call)
      throws InterruptedException {
    try {
      return new ClientReach.Reached(side.kind(), side.title(), call.make(), null);
    } catch (RemoteException | IllegalArgumentException e) {
      return new ClientReach.Reached(
          side.kind(), side.title(), List.of(), String.valueOf(e.getMessage()));
    }
  }

  /// An account of its own, so that what goes wrong here opens nobody's circuit breaker.
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
      return new Part.Message(Tone.BAD, reached.title() + ": " + Words.sentence(problem), null);
    }
    String told = String.join(" ", reached.told().stream().map(Words::sentence).toList());
    return new Part.Message(
        Tone.GOOD,
        told.isEmpty() ? reached.title() + " can be reached and lets us in." : told,
        null);
  }
}
