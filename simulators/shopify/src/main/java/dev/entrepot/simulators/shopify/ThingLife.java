package dev.entrepot.simulators.shopify;

import dev.entrepot.simulators.sender.Story.Ending;
import dev.entrepot.simulators.sender.Story.Thing;

/// The life of one thing of a shop. Bodies have the fields by which receivers know things, and a
/// `version` that counts their states.
abstract sealed class ThingLife {
  private final Thing thing;
  private int version;

  private ThingLife(String shop, String kind, long id) {
    this.thing = new Thing(shop, kind, Long.toString(id));
  }

  /// What happens to it next.
  ///
  /// @return whether its life goes on
  abstract boolean step(ShopifyWorld world);

  final String shop() {
    return thing.account();
  }

  final String id() {
    return thing.id();
  }

  final int version() {
    return version;
  }

  /// @param fields more of them, with a comma before each
  final void tell(ShopifyWorld world, String topic, String fields) {
    String body = body(world, fields);
    world.tell(thing, topic, body, new Ending.Stands(world.now(), body));
  }

  final void complete(ShopifyWorld world, String topic, String fields, String order) {
    String body = body(world, fields);
    world.tell(thing, topic, body, new Ending.Completed(world.now(), body, order));
  }

  final void delete(ShopifyWorld world, String topic) {
    world.tell(thing, topic, "{\"id\":" + id() + "}", new Ending.Deleted(world.now()));
  }

  private String body(ShopifyWorld world, String fields) {
    version++;
    return """
    {"id":%s,"version":%d,"updated_at":"%s"%s,"note":"%s"}\
    """
        .formatted(id(), version, world.now(), fields, world.padding());
  }

  private static String line(ShopifyWorld world) {
    return ",\"line_items\":[{\"sku\":\"SKU-%d\",\"quantity\":%d,\"price\":\"%d.90\"}]"
        .formatted(world.number(1000), 1 + world.number(3), 5 + world.number(100));
  }

  static final class Product extends ThingLife {
    Product(String shop, long id) {
      super(shop, "products", id);
    }

    @Override
    boolean step(ShopifyWorld world) {
      if (version() > 0 && world.chance(3)) {
        delete(world, "products/delete");
        return false;
      }
      String topic = version() == 0 ? "products/create" : "products/update";
      tell(
          world,
          topic,
          ",\"title\":\"Product %s\",\"status\":\"active\",\"variants\":[{\"sku\":\"SKU-%s\",\"price\":\"%d.50\"}]"
              .formatted(id(), id(), world.number(200)));
      return true;
    }
  }

  static final class Customer extends ThingLife {
    Customer(String shop, long id) {
      super(shop, "customers", id);
    }

    @Override
    boolean step(ShopifyWorld world) {
      if (version() > 0 && world.chance(2)) {
        delete(world, "customers/delete");
        return false;
      }
      tell(
          world,
          version() == 0 ? "customers/create" : "customers/update",
          ",\"email\":\"customer-%s@example.com\",\"state\":\"enabled\",\"orders_count\":%d"
              .formatted(id(), world.number(20)));
      return true;
    }
  }

  static final class Checkout extends ThingLife {
    Checkout(String shop, long id) {
      super(shop, "checkouts", id);
    }

    @Override
    boolean step(ShopifyWorld world) {
      String fields =
          ",\"token\":\"token-%s\",\"email\":\"buyer-%s@example.com\",\"currency\":\"EUR\""
                  .formatted(id(), id())
              + line(world);
      if (version() > 0 && world.chance(30)) {
        Order order = new Order(shop(), world.nextId(), id());
        world.add(order);
        complete(
            world,
            "checkouts/update",
            fields + ",\"completed_at\":\"" + world.now() + "\"",
            order.id());
        order.step(world);
        return false;
      }
      tell(
          world,
          version() == 0 ? "checkouts/create" : "checkouts/update",
          fields + ",\"completed_at\":null");
      return true;
    }
  }

  static final class Order extends ThingLife {
    private final String checkout;
    private boolean paid;
    private boolean cancelled;

    /// @param checkout the id of the one it came from; empty: none
    Order(String shop, long id, String checkout) {
      super(shop, "orders", id);
      this.checkout = checkout;
    }

    @Override
    boolean step(ShopifyWorld world) {
      String topic = topic(world);
      String from =
          checkout.isEmpty()
              ? ""
              : ",\"checkout_id\":%s,\"checkout_token\":\"token-%s\"".formatted(checkout, checkout);
      tell(
          world,
          topic,
          ",\"name\":\"#%s\",\"email\":\"buyer-%s@example.com\",\"currency\":\"EUR\",\"total_price\":\"%d.90\",\"financial_status\":\"%s\",\"cancelled_at\":%s"
                  .formatted(
                      id(),
                      id(),
                      world.number(500),
                      paid ? "paid" : "pending",
                      cancelled ? "\"" + world.now() + "\"" : "null")
              + from
              + line(world));
      satellites(world, topic);
      return true;
    }

    private String topic(ShopifyWorld world) {
      if (version() == 0) {
        return "orders/create";
      }
      if (!paid && world.chance(50)) {
        paid = true;
        return "orders/paid";
      }
      if (!cancelled && world.chance(3)) {
        cancelled = true;
        return "orders/cancelled";
      }
      return paid && world.chance(20) ? "orders/fulfilled" : "orders/updated";
    }

    // Things of their own that come along with an order's, each told once.
    private void satellites(ShopifyWorld world, String topic) {
      if (topic.equals("orders/fulfilled")) {
        new Satellite(shop(), "fulfillments", world.nextId(), id(), "success")
            .tell(world, "fulfillments/create");
      }
      if (cancelled && topic.equals("orders/cancelled") && paid) {
        new Satellite(shop(), "refunds", world.nextId(), id(), "success")
            .tell(world, "refunds/create");
      }
      if (!paid && world.chance(5)) {
        new Satellite(shop(), "order_transactions", world.nextId(), id(), "failure")
            .tell(world, "order_transactions/create");
      }
      if (paid && world.chance(1)) {
        new Satellite(shop(), "disputes", world.nextId(), id(), "needs_response")
            .tell(world, "disputes/create");
      }
    }
  }

  private static final class Satellite extends ThingLife {
    private final String order;
    private final String status;

    Satellite(String shop, String kind, long id, String order, String status) {
      super(shop, kind, id);
      this.order = order;
      this.status = status;
    }

    void tell(ShopifyWorld world, String topic) {
      tell(
          world,
          topic,
          ",\"order_id\":%s,\"status\":\"%s\",\"amount\":\"%d.00\",\"currency\":\"EUR\""
              .formatted(order, status, 1 + world.number(900)));
    }

    @Override
    boolean step(ShopifyWorld world) {
      return false;
    }
  }
}
