package dev.entrepot.bench.drain;

import dev.entrepot.bench.Orders;

/// Events of orders: the first state of each, then the second of each, and so on.
///
/// @param count a multiple of the number of orders
record Events(Orders orders, long count) {
  Events {
    if (count < orders.count() || count % orders.count() != 0) {
      throw new IllegalArgumentException(
          count + " events are not so many of each of " + orders.count() + " orders");
    }
  }

  /// At least so many.
  static Events atLeast(Orders orders, long count) {
    return new Events(
        orders, Math.ceilDiv(Math.max(1, count), orders.count()) * (long) orders.count());
  }

  int states() {
    return (int) (count / orders.count());
  }

  /// The body that every order must end with.
  String last(int order) {
    return orders.body(order, states() - 1);
  }
}
