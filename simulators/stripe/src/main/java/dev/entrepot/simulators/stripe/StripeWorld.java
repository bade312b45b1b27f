package dev.entrepot.simulators.stripe;

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

/// Customers who are invoiced and pay, or not. The same seed tells the same story.
public final class StripeWorld {
  /// No two stories that are told to one receiver have objects of the same id, as Stripe's have
  /// not.
  private static final long STORIES = 1_000_000_007L;

  private static final List<String> CURRENCIES = List.of("eur", "usd", "jpy", "kwd");

  private final SplittableRandom random;
  private final String account;
  private final List<PlannedEvent> events = new ArrayList<>();
  private final Map<Thing, Ending> endings = new LinkedHashMap<>();
  private Instant now;
  private final String story;
  private int lastNumber;

  private StripeWorld(String account, long seed, Instant start) {
    this.account = account;
    this.random = new SplittableRandom(seed);
    this.story = Long.toString(Math.floorMod(seed, STORIES), Character.MAX_RADIX);
    this.now = start;
  }

  /// @param account as the receiver names it
  /// @param events how many, at least
  /// @param start when the first happens, in whole seconds
  public static Story story(String account, int customers, int events, long seed, Instant start) {
    StripeWorld world = new StripeWorld(account, seed, start);
    while (world.events.size() < events) {
      world.invoice(world.random.nextInt(customers));
    }
    return new Story(world.events, world.endings);
  }

  private void invoice(int customer) {
    String number = story + "_" + ++lastNumber;
    String fields =
        "\"customer\":\"cus_%d\",\"customer_email\":\"payer-%d@example.com\",\"currency\":\"%s\",\"amount\":%d,\"amount_due\":%d"
            .formatted(
                customer,
                customer,
                CURRENCIES.get(random.nextInt(CURRENCIES.size())),
                100 + random.nextInt(100_000),
                100 + random.nextInt(100_000));
    tell("invoice.created", "invoice", "in_" + number, fields + ",\"status\":\"open\"");
    for (int attempt = 1; attempt <= 3; attempt++) {
      boolean failed = random.nextInt(6) == 0;
      String state = ",\"attempt_count\":" + attempt + ",\"status\":\"";
      if (!failed) {
        tell("invoice.paid", "invoice", "in_" + number, fields + state + "paid\"");
        pay(number, fields);
        return;
      }
      tell(
          "payment_intent.payment_failed",
          "payment_intent",
          "pi_" + number,
          fields
              + ",\"payment_details\":{\"order_reference\":\"in_"
              + number
              + "\"},\"status\":\"requires_payment_method\",\"last_payment_error\":{\"message\":\"Your card was declined.\"}");
      tell("invoice.payment_failed", "invoice", "in_" + number, fields + state + "open\"");
    }
  }

  private void pay(String number, String fields) {
    tell(
        "payment_intent.succeeded",
        "payment_intent",
        "pi_" + number,
        fields + ",\"status\":\"succeeded\"");
    if (random.nextInt(30) == 0) {
      tell(
          "charge.dispute.created",
          "dispute",
          "dp_" + number,
          fields + ",\"status\":\"needs_response\",\"reason\":\"fraudulent\"");
    }
  }

  private void tell(String type, String kind, String id, String fields) {
    now = now.plusSeconds(1 + random.nextLong(60));
    Thing thing = new Thing(account, kind, id);
    endings.put(thing, new Ending.Stands(now, object(thing, fields)));
    String event = "evt_" + Long.toHexString(random.nextLong()) + "_" + events.size();
    events.add(event(event, type, thing, fields, now));
  }

  private static String object(Thing thing, String fields) {
    return "{\"id\":\"%s\",\"object\":\"%s\",%s}".formatted(thing.id(), thing.kind(), fields);
  }

  /// @param fields of the object, as JSON without its braces
  static PlannedEvent event(String id, String type, Thing thing, String fields, Instant at) {
    return StripeSender.event(
        id,
        type,
        thing.key(),
        at,
        "{\"id\":\"%s\",\"object\":\"event\",\"created\":%d,\"data\":{\"object\":%s},\"livemode\":false,\"type\":\"%s\"}"
            .formatted(id, at.getEpochSecond(), object(thing, fields), type));
  }
}
