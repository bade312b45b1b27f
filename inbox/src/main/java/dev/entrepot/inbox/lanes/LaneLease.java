package dev.entrepot.inbox.lanes;

import dev.entrepot.storage.Lease;

/// The right to read a lane.
record LaneLease(int lane, Lease lease) {
  private static final String PREFIX = "inbox/lane/";

  static LaneLease of(Lease lease) {
    return new LaneLease(Integer.parseInt(lease.name().substring(PREFIX.length())), lease);
  }

  static String name(int lane) {
    return PREFIX + lane;
  }
}
