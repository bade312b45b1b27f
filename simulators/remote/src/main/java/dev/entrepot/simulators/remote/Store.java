package dev.entrepot.simulators.remote;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Things by tenant and key that know whether a write changed them. A field that is null counts as
/// absent, and numbers that are equal (12, 12.0) are the same. Safe for many threads; nothing
/// survives the process.
public final class Store implements Holding {

  private final String name;
  private final Map<String, Map<String, HeldThing>> tenants = new ConcurrentHashMap<>();
  private final LongAdder created = new LongAdder();
  private final LongAdder updated = new LongAdder();
  private final LongAdder unchanged = new LongAdder();

  public Store(String name) {
    this.name = name;
  }

  /// Keeps a thing in place of what was held under its key.
  public Effect put(String tenant, String key, JsonNode contents) {
    var tidy = tidy(contents);
    var before = new AtomicLong();
    var after =
        tenants
            .computeIfAbsent(tenant, t -> new ConcurrentHashMap<>())
            .compute(
                key,
                (k, held) -> {
                  before.set(held == null ? 0 : held.version());
                  return held != null && held.contents().equals(tidy)
                      ? held
                      : new HeldThing(tenant, key, before.get() + 1, tidy);
                });
    if (before.get() == 0) {
      created.increment();
      return Effect.CREATED;
    }
    if (before.get() == after.version()) {
      unchanged.increment();
      return Effect.UNCHANGED;
    }
    updated.increment();
    return Effect.UPDATED;
  }

  public Optional<HeldThing> find(String tenant, String key) {
    return Optional.ofNullable(of(tenant).get(key));
  }

  /// The things of one tenant, in no order.
  public Stream<HeldThing> things(String tenant) {
    return of(tenant).values().stream();
  }

  /// Lets go of a thing, as if somebody had deleted it by hand. No effect of a write.
  ///
  /// @return whether it was held
  public boolean remove(String tenant, String key) {
    var things = tenants.get(tenant);
    return things != null && things.remove(key) != null;
  }

  /// How many things of one tenant are held.
  public int size(String tenant) {
    return of(tenant).size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return tenants.values().stream().mapToLong(Map::size).sum();
  }

  @Override
  public EffectCounts effects() {
    return new EffectCounts(created.sum(), updated.sum(), unchanged.sum());
  }

  @Override
  public Stream<HeldThing> things() {
    return tenants.values().stream().flatMap(things -> things.values().stream());
  }

  private Map<String, HeldThing> of(String tenant) {
    var things = tenants.get(tenant);
    return things == null ? Map.of() : things;
  }

  private static ObjectNode tidy(JsonNode contents) {
    if (contents instanceof ObjectNode object
        && object.properties().stream().allMatch(field -> isTidy(field.getValue()))) {
      return object;
    }
    var tidy = JsonNodeFactory.instance.objectNode();
    for (var field : contents.properties()) {
      var value = field.getValue();
      if (!value.isNull()) {
        tidy.set(field.getKey(), isTidy(value) ? value : exact(value.decimalValue()));
      }
    }
    return tidy;
  }

  private static boolean isTidy(JsonNode value) {
    return !value.isNull() && (!value.isNumber() || value.isInt());
  }

  /// Whole numbers that fit as the parser makes them, all others without zeros at the end.
  private static JsonNode exact(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    var nodes = JsonNodeFactory.instance;
    boolean fits = stripped.scale() <= 0 && stripped.precision() - stripped.scale() < 10;
    return fits ? nodes.numberNode(stripped.intValueExact()) : nodes.numberNode(stripped);
  }
}
