package dev.entrepot.contract;

import dev.entrepot.spi.record.Fields;

/// A simulated system that records are written to.
public interface DestinationHarness extends RemoteHarness {

  /// An item that it takes, with something to write in every step.
  ///
  /// @param number different numbers are different things
  /// @param version different versions differ in every step's part
  Fields item(int number, int version);

  /// An item that it rejects in the first step.
  Fields badItem(int number);

  /// By which an item is known.
  String key(Fields item);

  /// How often something that it holds was really changed.
  long effects();
}
