package dev.entrepot.simulators.shopify;

import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Story;
import dev.entrepot.simulators.sender.Story.Ending;
import dev.entrepot.simulators.sender.Story.Thing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// Shops in which products, customers, checkouts and orders come, change and go. The same seed
/// tells the same story. Not safe for use by several threads.
public final class ShopifyWorld {

  /// How much happens.
  ///
  /// @param shops how many shops there are
  /// @param things how many products, customers, checkouts and orders there are at first; deleted
  ///   ones are followed by new ones, and checkouts by orders
  /// @param events how many events, at least; a few more when the last step has several
  /// @param padding by how many characters bodies are longer than they must be
  public record Size(int shops, int things, int events, int padding) {
    public Size {
      if (shops < 1 || things < shops || events < 0 || padding < 0) {
        throw new IllegalArgumentException(
            "%d shops with %d things, %d events and %d characters cannot be"
                .formatted(shops, things, events, padding));
      }
    }
  }

  private static final Duration LONGEST_STEP = Duration.ofSeconds(2);

  private final Size size;
  private final SplittableRandom random;
  private final List<ThingLife> lives = new ArrayList<>();
  private final List<PlannedEvent> events = new ArrayList<>();
  private final Map<Thing, Ending> endings = new LinkedHashMap<>();
  private Instant now;
  private long lastId = 1_000_000_000L;

  private ShopifyWorld(Size size, long seed, Instant start) {
    this.size = size;
    this.random = new SplittableRandom(seed);
    this.now = start;
  }

  /// @param start when the first event happens, in whole seconds
  public static Story story(Size size, long seed, Instant start) {
    ShopifyWorld world = new ShopifyWorld(size, seed, start);
    for (int i = 0; i < size.things(); i++) {
      world.lives.add(world.newLife(shop(i % size.shops())));
    }
    while (world.events.size() < size.events()) {
      world.step();
    }
    return new Story(world.events, world.endings);
  }

  /// The domain of a shop, by its number from 0.
  public static String shop(int number) {
    return "shop-" + number + ".myshopify.com";
  }

  private void step() {
    // Two states of a thing never have the same second: Shopify's updated_at has no finer ones.
    now = now.plusSeconds(1 + random.nextLong(LONGEST_STEP.toSeconds()));
    int index = random.nextInt(lives.size());
    ThingLife life = lives.get(index);
    boolean goesOn = life.step(this);
    if (!goesOn) {
      lives.set(index, newLife(life.shop()));
    }
  }

  private ThingLife newLife(String shop) {
    int kind = random.nextInt(100);
    if (kind < 40) {
      return new ThingLife.Product(shop, nextId());
    }
    if (kind < 60) {
      return new ThingLife.Customer(shop, nextId());
    }
    if (kind < 80) {
      return new ThingLife.Checkout(shop, nextId());
    }
    return new ThingLife.Order(shop, nextId(), "");
  }

  void add(ThingLife life) {
    lives.add(life);
  }

  Instant now() {
    return now;
  }

  /// Whether something happens that happens so many times in a hundred.
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  long nextId() {
    return ++lastId;
  }

  String padding() {
    return "x".repeat(size.padding());
  }

  void tell(Thing thing, String topic, String body, Ending ending) {
    endings.put(thing, ending);
    events.add(ShopifySender.event(uuid(), uuid(), thing.account(), topic, thing.key(), now, body));
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
