package dev.entrepot.simulators.recharge;

import dev.entrepot.simulators.sender.PlannedEvent;
import dev.entrepot.simulators.sender.Story;
import dev.entrepot.simulators.sender.Story.Ending;
import dev.entrepot.simulators.sender.Story.Thing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Subscriptions that begin, change, are charged, fail to be charged and are cancelled. The same
/// seed tells the same story.
public final class RechargeWorld {
  private static final long STORIES = 1_000_000_007L;
  private static final long NUMBERS = 1_000_000;

  private final SplittableRandom random;
  private final String account;

  /// Where the numbers of this story's subscriptions and charges begin: no two stories that are
  /// told to one receiver have the same, as Recharge's have not.
  private final long first;

  private final List<PlannedEvent> events = new ArrayList<>();
  private final Map<Thing, Ending> endings = new LinkedHashMap<>();
  private Instant now;

  private RechargeWorld(String account, long seed, Instant start) {
    this.account = account;
    this.random = new SplittableRandom(seed);
    this.first = Math.floorMod(seed, STORIES) * NUMBERS;
    this.now = start;
  }

  /// @param account as the receiver names it
  /// @param events how many, at least
  /// @param start when the first happens, in whole seconds
  public static Story story(
      String account, int subscriptions, int events, long seed, Instant start) {
    RechargeWorld world = new RechargeWorld(account, seed, start);
    boolean[] begun = new boolean[subscriptions];
    boolean[] cancelled = new boolean[subscriptions];
    while (world.events.size() < events) {
      int number = world.random.nextInt(subscriptions);
      world.step(number, begun[number], cancelled[number]);
      cancelled[number] = begun[number] && !cancelled[number] && world.random.nextInt(20) == 0;
      if (cancelled[number]) {
        world.subscription(number, "cancelled", "cancelled");
      }
      begun[number] = true;
    }
    return new Story(world.events, world.endings);
  }

  private void step(int number, boolean begun, boolean cancelled) {
    if (!begun || cancelled) {
      subscription(number, begun ? "activated" : "created", "active");
    } else if (random.nextInt(3) == 0) {
      subscription(number, "updated", "active");
    } else {
      charge(number);
    }
  }

  private void subscription(int number, String action, String status) {
    tell(
        "subscription",
        action,
        first + number,
        "\"status\":\"%s\",\"customer_id\":%d,\"email\":\"subscriber-%d@example.com\",\"price\":\"19.90\",\"cancellation_reason\":%s"
            .formatted(status, number, number, status.equals("cancelled") ? "\"Enough\"" : "null"));
  }

  // Tried once or, when it fails, again, up to three times.
  private void charge(int number) {
    long id = first + 100_000L + events.size();
    for (int attempt = 1; attempt <= 3; attempt++) {
      boolean failed = random.nextInt(5) == 0;
      tell(
          "charge",
          failed ? "failed" : "paid",
          id,
          "\"status\":\"%s\",\"charge_attempts\":%d,\"total_price\":\"%d.90\",\"currency\":\"USD\",\"error\":%s,\"customer\":{\"id\":%d,\"email\":\"subscriber-%d@example.com\"},\"line_items\":[{\"purchase_item_id\":%d}]"
              .formatted(
                  failed ? "error" : "success",
                  attempt,
                  10 + random.nextInt(500),
                  failed ? "\"Card declined\"" : "null",
                  number,
                  number,
                  first + number));
      if (!failed) {
        return;
      }
    }
  }

  private void tell(String kind, String action, long id, String fields) {
    now = now.plusSeconds(1 + random.nextLong(60));
    String entity = "{\"id\":%d,\"updated_at\":\"%s\",%s}".formatted(id, now, fields);
    Thing thing = new Thing(account, kind, Long.toString(id));
    endings.put(thing, new Ending.Stands(now, entity));
    events.add(
        RechargeSender.event(
            "recharge-" + events.size(),
            kind + "/" + action,
            thing.key(),
            now,
            "{\"%s\":%s}".formatted(kind, entity)));
  }
}
