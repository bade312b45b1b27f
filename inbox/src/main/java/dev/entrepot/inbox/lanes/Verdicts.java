package dev.entrepot.inbox.lanes;

import dev.entrepot.inbox.handling.Handled;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What handlers said of the items of one round.
final class Verdicts {
  /// A handler's word on an item.
  record Verdict(String handler, Handled handled) {}

  private final IdentityHashMap<Item, Map<String, Handled>> byItem = new IdentityHashMap<>();

  void add(Item item, String handler, Handled handled) {
    byItem.computeIfAbsent(item, _ -> new LinkedHashMap<>()).put(handler, handled);
  }

  boolean has(Item item, String handler) {
    return byItem.getOrDefault(item, Map.of()).containsKey(handler);
  }

  /// Whether some handler was given the item.
  boolean touched(Item item) {
    return byItem.containsKey(item);
  }

  /// What each handler has done with it, now or in earlier rounds.
  Map<String, Character> codes(Item item) {
    Map<String, Character> codes = new HashMap<>(item.done());
    byItem
        .getOrDefault(item, Map.of())
        .forEach((handler, handled) -> codes.put(handler, HandlerCode.of(handled)));
    return codes;
  }

  /// What handlers want logged of what they wrote.
  List<String> logged() {
    return byItem.values().stream()
        .flatMap(all -> all.values().stream())
        .flatMap(handled ->
            handled instanceof Handled.Written written
                ? Stream.ofNullable(written.logged())
                : Stream.empty())
        .toList();
  }

  /// The handler that could not do it yet; else the one that refused it; else nobody.
  Optional<Verdict> failure(Item item) {
    Optional<Verdict> refused = Optional.empty();
    for (Map.Entry<String, Handled> entry : byItem.getOrDefault(item, Map.of()).entrySet()) {
      switch (entry.getValue()) {
        case Handled.Later later -> {
          return Optional.of(new Verdict(entry.getKey(), later));
        }
        case Handled.Refused no -> {
          if (refused.isEmpty()) {
            refused = Optional.of(new Verdict(entry.getKey(), no));
          }
        }
        case Handled.Written _, Handled.Unchanged _, Handled.NotWanted _ -> {}
      }
    }
    return refused;
  }

  /// Only the failures, for another pass after the effects were rolled back.
  Verdicts failures() {
    Verdicts failures = new Verdicts();
    byItem.forEach((item, all) ->
        all.forEach((handler, handled) -> {
          if (handled instanceof Handled.Later || handled instanceof Handled.Refused) {
            failures.add(item, handler, handled);
          }
        }));
    return failures;
  }
}
