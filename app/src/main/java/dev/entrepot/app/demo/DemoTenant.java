package dev.entrepot.app.demo;

/// A company of the demo whose products go from an ERP to another system.
///
/// @param product the kind of that system, `kong` or `wms`
/// @param products how many it has
/// @param trouble what goes wrong with it
record DemoTenant(String id, String name, String product, int products, Trouble trouble) {

  /// What goes wrong.
  enum Trouble {
    NONE,
    /// The other system refuses its key.
    DENIED,
    /// Some of its products have no right EAN.
    BAD_RECORDS,
    /// The other system is away now and then.
    UNAVAILABLE
  }

  String siesaKey() {
    return "siesa-" + id;
  }

  String productKey() {
    return product + "-" + id;
  }

  /// Which lets it in although the product key does not: for somebody to put right.
  String renewedKey() {
    return productKey() + "-renewed";
  }

  String mapping() {
    return "siesa-" + product;
  }
}
